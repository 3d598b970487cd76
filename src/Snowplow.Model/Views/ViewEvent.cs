using System.Text.Json.Serialization;
using Snowplow.Events.Enriched;
using Snowplow.Model.Events;
using Snowplow.Model.Excerpts;

namespace Snowplow.Model.Views;

/// <summary>A view's own event: its first page_view or screen_view. It takes no object of its own, as there is one for each view.</summary>
internal readonly struct ViewEvent
{
    [JsonPropertyName("o")]
    public required EventOrder Order { get; init; }

    /// <summary>collector_tstamp in milliseconds since 1970, or null.</summary>
    [JsonPropertyName("c")]
    public long? CollectorMs { get; init; }

    [JsonPropertyName("i")]
    public long? DeviceSessionIndex { get; init; }

    [JsonPropertyName("p")]
    public required Excerpt Page { get; init; }

    [JsonPropertyName("d")]
    public required Excerpt Device { get; init; }

    public static ViewEvent Of(in EventFacts e, ref EventExcerpts excerpts) => new()
    {
        Order = e.FullOrder,
        CollectorMs = e.Line.Timestamp(EventField.CollectorTstamp)?.ToUnixTimeMilliseconds(),
        DeviceSessionIndex = EventEntities.ReadClientSession(e.Line).ClientSessionIndex ?? e.Line.Int(EventField.DomainSessionidx),
        Page = excerpts.Page,
        Device = excerpts.Device,
    };
}
