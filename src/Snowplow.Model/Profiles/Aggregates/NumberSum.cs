using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Profiles.Aggregates;

/// <summary>The sum of numbers, and how many they are.</summary>
internal sealed class NumberSum : Aggregate
{
    [JsonPropertyName("n")]
    public long Numbers { get; set; }

    /// <summary>As <see cref="Amount"/>.</summary>
    [JsonPropertyName("s")]
    public Int128 Sum { get; set; }

    public override void Count(in Observation e, int count)
    {
        if (!Amount.TryRead(e.Value, out var amount)) return;
        Numbers += count;
        Sum += amount * count;
    }

    public override void Merge(Aggregate other)
    {
        Numbers += ((NumberSum)other).Numbers;
        Sum += ((NumberSum)other).Sum;
    }

    public override bool IsEmpty(long fromMs) => Numbers == 0;

    public override void WriteTo(Utf8JsonWriter json, Aggregation aggregation, long fromMs, long nowMs)
    {
        if (aggregation == Aggregation.Mean) Amount.WriteMean(json, Sum, Numbers);
        else Amount.Write(json, Sum);
    }
}
