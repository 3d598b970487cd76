using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Excerpts;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Touches;

/// <summary>
/// The event that a session's or user's firsts (entry) or lasts (exit) come from. Entry: the first page view, page ping or
/// screen view, as in Snowplow's unified model; where there is none, the first event. Exit: the last page view or screen
/// view; where there is none, the last event.
/// </summary>
internal sealed class Touch
{
    [JsonPropertyName("o")]
    public required EventOrder Order { get; init; }

    [JsonPropertyName("k")]
    public required EventKind Kind { get; init; }

    [JsonPropertyName("i")]
    public long? DeviceSessionIndex { get; init; }

    [JsonPropertyName("b")]
    public string? PreviousSessionId { get; init; }

    [JsonPropertyName("p")]
    public required Excerpt Page { get; init; }

    [JsonPropertyName("d")]
    public required Excerpt Device { get; init; }

    private bool IsOfPage => Kind != EventKind.Other;

    private bool IsView => Kind is EventKind.PageView or EventKind.ScreenView;

    /// <summary>The entry, with a new event.</summary>
    public static Touch Entry(Touch? kept, in EventFacts e, ref EventExcerpts excerpts) =>
        kept is not null && (kept.IsOfPage == e.IsOfPage ? !e.Precedes(kept.Order) : kept.IsOfPage) ? kept : excerpts.Touch(e);

    /// <summary>The entry of two sessions in one.</summary>
    public static Touch Entry(Touch a, Touch b)
    {
        var aIsFirst = a.IsOfPage == b.IsOfPage ? a.Order.CompareTo(b.Order) <= 0 : a.IsOfPage;
        return aIsFirst ? a : b;
    }

    /// <summary>The exit, with a new event.</summary>
    public static Touch Exit(Touch? kept, in EventFacts e, ref EventExcerpts excerpts) =>
        kept is not null && (kept.IsView == e.IsView ? !e.Follows(kept.Order) : kept.IsView) ? kept : excerpts.Touch(e);

    /// <summary>The exit of two sessions in one.</summary>
    public static Touch Exit(Touch a, Touch b)
    {
        var aIsLast = a.IsView == b.IsView ? a.Order.CompareTo(b.Order) >= 0 : a.IsView;
        return aIsLast ? a : b;
    }

    /// <summary>The touch of an event.</summary>
    public static Touch Of(in EventFacts e, Excerpt page, Excerpt device)
    {
        var entities = EventEntities.ReadClientSession(e.Line);
        var previous = entities.PreviousSessionId;
        return new Touch
        {
            Order = e.FullOrder,
            Kind = e.Kind,
            DeviceSessionIndex = entities.ClientSessionIndex ?? e.Line.Int(EventField.DomainSessionidx),
            PreviousSessionId = previous.IsEmpty ? null : Utf8Text.Cut(System.Text.Encoding.UTF8.GetString(previous), SessionKey.MaxIdLength),
            Page = page,
            Device = device,
        };
    }
}
