using Snowplow.Events.Enriched;
using Snowplow.Model.Events;

namespace Snowplow.Model.Excerpts;

/// <summary>Takes the fields of <see cref="DeviceColumns"/> from an event.</summary>
internal static class DeviceExcerpt
{
    // Two numbers of 32 bits.
    private const int MaxResolution = 22;

    private static readonly (EventField Field, int Limit)[] Place =
    [
        .. new[]
        {
            EventField.NetworkUserid, EventField.GeoCountry, EventField.GeoRegion, EventField.GeoRegionName, EventField.GeoCity,
            EventField.GeoZipcode, EventField.GeoTimezone, EventField.GeoLatitude, EventField.GeoLongitude,
        }.Select(WithLimit),
    ];

    private static readonly (EventField Field, int Limit)[] Browser =
    [
        .. new[] { EventField.BrLang, EventField.BrRenderengine, EventField.Useragent, EventField.UserIpaddress }.Select(WithLimit),
    ];

    private static readonly EventField[] Others =
    [
        EventField.AppId, EventField.Platform, EventField.DomainUserid, EventField.DvceType, EventField.OsName, EventField.OsTimezone,
        EventField.DvceScreenwidth, EventField.DvceScreenheight,
    ];

    /// <summary>The excerpt of an event.</summary>
    /// <param name="e">The event.</param>
    /// <param name="likely">The one of an event before it, which is taken where nothing differs.</param>
    public static Excerpt Of(EnrichedEvent e, Excerpt? likely)
    {
        var source = SourceOf(e);
        if (likely is not null && source != 0 && likely.Source == source) return likely;
        var entities = DeviceEntities.Read(e);
        var excerpt = ExcerptWriter.Begin();
        Add(excerpt, e, EventField.AppId);
        Add(excerpt, e, EventField.Platform);
        var domain = e[EventField.DomainUserid];
        excerpt.AddEntityText(UserIdentity.IsKnown(domain) ? domain : UserIdentity.IsKnown(entities.ClientUserId) ? entities.ClientUserId : default);
        foreach (var (field, limit) in Place) excerpt.Add(e[field], limit);
        excerpt.AddEntityText(DeviceCategory.Of(e, entities));
        excerpt.AddEntityText(entities.OsType.IsEmpty ? e[EventField.OsName] : entities.OsType);
        excerpt.AddEntityText(entities.OsVersion);
        Add(excerpt, e, EventField.OsTimezone);
        AddResolution(excerpt, e[EventField.DvceScreenwidth], e[EventField.DvceScreenheight]);
        foreach (var (field, limit) in Browser) excerpt.Add(e[field], limit);
        excerpt.AddEntityText(entities.UaDeviceFamily);
        excerpt.AddEntityText(entities.UaFamily);
        excerpt.AddEntityText(entities.UaVersion);
        excerpt.AddEntityText(entities.Manufacturer);
        excerpt.AddEntityText(entities.Model);
        excerpt.AddEntityText(entities.Carrier);
        excerpt.AddEntityText(entities.NetworkType);
        excerpt.AddEntityText(entities.AppVersion);
        excerpt.AddEntityText(entities.AppBuild);
        var taken = excerpt.End(likely);
        taken.Source = source;
        return taken;
    }

    // What an excerpt depends on, or 0 where that includes entities of the tracker, which differ from event to event. Most
    // events of a visit have the same, so that neither their entities are parsed nor their fields copied.
    private static ulong SourceOf(EnrichedEvent e)
    {
        var contexts = e[EventField.Contexts];
        if (contexts.IndexOf("/mobile_context/"u8) >= 0 || contexts.IndexOf("mobile/application/"u8) >= 0
            || contexts.IndexOf("/ua_parser_context/"u8) >= 0 || contexts.IndexOf("/yauaa_context/"u8) >= 0
            || (!UserIdentity.IsKnown(e[EventField.DomainUserid]) && contexts.IndexOf("/client_session/"u8) >= 0)) return 0;
        var hash = Hash.Of(e[EventField.DerivedContexts]);
        foreach (var (field, _) in Place) hash = Hash.Of(e[field], hash);
        foreach (var (field, _) in Browser) hash = Hash.Of(e[field], hash);
        foreach (var field in Others) hash = Hash.Of(e[field], hash);
        return Math.Max(1, hash);
    }

    private static (EventField Field, int Limit) WithLimit(EventField field) => (field, EventFields.MaxLength(field));

    private static void Add(ExcerptWriter excerpt, EnrichedEvent e, EventField field) => excerpt.Add(e[field], EventFields.MaxLength(field));

    private static void AddResolution(ExcerptWriter excerpt, ReadOnlySpan<byte> width, ReadOnlySpan<byte> height)
    {
        if (width.IsEmpty || height.IsEmpty || width.Length + height.Length > MaxResolution)
        {
            excerpt.Add(default);
            return;
        }

        Span<byte> text = stackalloc byte[width.Length + 1 + height.Length];
        width.CopyTo(text);
        text[width.Length] = (byte)'x';
        height.CopyTo(text[(width.Length + 1)..]);
        excerpt.Add(text);
    }
}
