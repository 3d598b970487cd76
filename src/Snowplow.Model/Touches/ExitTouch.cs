using System.Text.Json.Serialization;
using Snowplow.Model.Events;

namespace Snowplow.Model.Touches;

/// <summary>
/// The event that a session's or user's lasts come from: the last page view or screen view, as in Snowplow's unified model;
/// where there is none, the last event.
/// </summary>
internal sealed record ExitTouch
{
    [JsonPropertyName("o")]
    public required EventOrder Order { get; init; }

    [JsonPropertyName("v")]
    public required bool IsView { get; init; }

    [JsonPropertyName("p")]
    public PageVisit? Page { get; init; }

    /// <summary>The later of what is kept and a new event.</summary>
    public static ExitTouch Last(ExitTouch? kept, in EventFacts e) =>
        kept is not null && (kept.IsView == e.IsView ? !e.Follows(kept.Order) : kept.IsView)
            ? kept
            : new ExitTouch { Order = e.FullOrder, IsView = e.IsView, Page = PageVisit.Of(e) };

    /// <summary>The later of two.</summary>
    public static ExitTouch Last(ExitTouch a, ExitTouch b)
    {
        var aIsLast = a.IsView == b.IsView ? a.Order.CompareTo(b.Order) >= 0 : a.IsView;
        return aIsLast ? a : b;
    }
}
