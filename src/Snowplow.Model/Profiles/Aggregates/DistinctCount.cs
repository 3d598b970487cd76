using System.Text.Json;
using System.Text.Json.Serialization;
using Snowplow.Model.Sets;

namespace Snowplow.Model.Profiles.Aggregates;

/// <summary>The number of distinct values, of which copies of one text and several kinds count once.</summary>
internal sealed class DistinctCount : Aggregate
{
    [JsonPropertyName("h")]
    public HyperLogLog Values { get; set; } = new();

    public override void See(in Observation e)
    {
        if (!e.Value.IsMissing) Values.Add(Hash.Of(e.Value.Utf8));
    }

    public override void Merge(Aggregate other) => Values.UnionWith(((DistinctCount)other).Values);

    public override bool IsEmpty(long fromMs) => Values.IsEmpty;

    public override void WriteTo(Utf8JsonWriter json, Aggregation aggregation, long fromMs, long nowMs) => json.WriteNumberValue(Values.Count);
}
