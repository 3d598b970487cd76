using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Profiles.Aggregates;

/// <summary>The number of events.</summary>
internal sealed class EventCount : Aggregate
{
    [JsonPropertyName("n")]
    public long Events { get; set; }

    public override void Count(in Observation e, int count) => Events += count;

    public override void Merge(Aggregate other) => Events += ((EventCount)other).Events;

    public override bool IsEmpty(long fromMs) => Events == 0;

    public override void WriteTo(Utf8JsonWriter json, Aggregation aggregation, long fromMs, long nowMs) => json.WriteNumberValue(Events);
}
