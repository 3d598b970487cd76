using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;

namespace Snowplow.Model.Touches;

/// <summary>
/// The event that a session's or user's firsts come from: the first page view, page ping or screen view, as in Snowplow's
/// unified model; where there is none, the first event.
/// </summary>
internal sealed record EntryTouch
{
    [JsonPropertyName("o")]
    public required EventOrder Order { get; init; }

    [JsonPropertyName("k")]
    public required EventKind Kind { get; init; }

    [JsonPropertyName("a")]
    public string? AppId { get; init; }

    [JsonPropertyName("f")]
    public string? Platform { get; init; }

    [JsonPropertyName("ua")]
    public string? Useragent { get; init; }

    [JsonPropertyName("c")]
    public string? GeoCountry { get; init; }

    [JsonPropertyName("i")]
    public long? DeviceSessionIndex { get; init; }

    [JsonPropertyName("p")]
    public PageVisit? Page { get; init; }

    [JsonPropertyName("s")]
    public Source? Source { get; init; }

    /// <summary>The earlier of what is kept and a new event.</summary>
    public static EntryTouch First(EntryTouch? kept, in EventFacts e)
    {
        if (kept is not null && (kept.IsOfPage == e.IsOfPage ? !e.Precedes(kept.Order) : kept.IsOfPage)) return kept;
        return new EntryTouch
        {
            Order = e.FullOrder,
            Kind = e.Kind,
            AppId = e.Text(EventField.AppId),
            Platform = e.Text(EventField.Platform),
            Useragent = e.Text(EventField.Useragent),
            GeoCountry = e.Text(EventField.GeoCountry),
            DeviceSessionIndex = EventEntities.ReadClientSession(e.Line).ClientSessionIndex ?? e.Line.Int(EventField.DomainSessionidx),
            Page = PageVisit.Of(e),
            Source = Source.Of(e),
        };
    }

    /// <summary>The earlier of two.</summary>
    public static EntryTouch First(EntryTouch a, EntryTouch b)
    {
        var aIsFirst = a.IsOfPage == b.IsOfPage ? a.Order.CompareTo(b.Order) <= 0 : a.IsOfPage;
        return aIsFirst ? a : b;
    }

    private bool IsOfPage => Kind != EventKind.Other;
}
