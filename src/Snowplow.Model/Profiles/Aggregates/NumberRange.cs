using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Profiles.Aggregates;

/// <summary>The least and the greatest number, as <see cref="Amount"/>.</summary>
internal sealed class NumberRange : Aggregate
{
    [JsonPropertyName("a")]
    public Int128? Least { get; set; }

    [JsonPropertyName("b")]
    public Int128? Greatest { get; set; }

    public override void See(in Observation e)
    {
        if (Amount.TryRead(e.Value, out var amount)) See(amount, amount);
    }

    public override void Merge(Aggregate other)
    {
        if (other is NumberRange { Least: { } least, Greatest: { } greatest }) See(least, greatest);
    }

    public override bool IsEmpty(long fromMs) => Least is null;

    public override void WriteTo(Utf8JsonWriter json, Aggregation aggregation, long fromMs, long nowMs) =>
        Amount.Write(json, (aggregation == Aggregation.Min ? Least : Greatest)!.Value);

    private void See(Int128 least, Int128 greatest)
    {
        Least = Least < least ? Least : least;
        Greatest = Greatest > greatest ? Greatest : greatest;
    }
}
