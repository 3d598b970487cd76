using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Profiles.Aggregates;

/// <summary>The times of the first and the last event.</summary>
internal sealed class TimeRange : Aggregate
{
    [JsonPropertyName("a")]
    public long FirstMs { get; set; } = long.MaxValue;

    [JsonPropertyName("b")]
    public long LastMs { get; set; } = long.MinValue;

    public override void See(in Observation e) => See(e.TimeMs, e.TimeMs);

    public override void Merge(Aggregate other) => See(((TimeRange)other).FirstMs, ((TimeRange)other).LastMs);

    public override bool IsEmpty(long fromMs) => LastMs < FirstMs || LastMs < fromMs;

    public override void WriteTo(Utf8JsonWriter json, Aggregation aggregation, long fromMs, long nowMs) =>
        json.WriteNumberValue((nowMs - (aggregation == Aggregation.TimeSinceFirst ? FirstMs : LastMs)) / 1000m);

    private void See(long firstMs, long lastMs)
    {
        FirstMs = Math.Min(FirstMs, firstMs);
        LastMs = Math.Max(LastMs, lastMs);
    }
}
