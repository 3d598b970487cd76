using System.Text.Json;
using System.Text.Json.Serialization;
using Snowplow.Model.Events;

namespace Snowplow.Model.Profiles.Aggregates;

/// <summary>The first or the last value in the order of events (<see cref="EventOrder"/>); of copies at one time the first in ordinal order.</summary>
internal sealed class EdgeValue : Aggregate
{
    [JsonPropertyName("l")]
    public bool IsLast { get; set; }

    [JsonPropertyName("o")]
    public EventOrder Order { get; set; }

    [JsonPropertyName("v")]
    public ProfileValue? Value { get; set; }

    public override void See(in Observation e)
    {
        if (e.Value.IsMissing) return;
        var place = Value is null ? 1 : Place(e.Order);
        if (place > 0) Order = e.Order;
        // Who stays on a page says the same again: most values need no new string.
        if (Value is { } kept && kept.Is(e.Value, e.Type)) return;
        if (place > 0) Value = ProfileValue.Of(e.Value, e.Type);
        else if (place == 0) Value = Least(ProfileValue.Of(e.Value, e.Type));
    }

    public override void Merge(Aggregate other)
    {
        if (other is not EdgeValue { Value: { } value } edge) return;
        var place = Value is null ? 1 : Place(edge.Order);
        if (place > 0) (Order, Value) = (edge.Order, value);
        else if (place == 0) Value = Least(value);
    }

    public override bool IsEmpty(long fromMs) => Value is null || Order.DerivedMs < fromMs;

    public override void WriteTo(Utf8JsonWriter json, Aggregation aggregation, long fromMs, long nowMs) => Value!.Value.WriteTo(json);

    // Positive where the other goes before what is kept, 0 where it has the same place.
    private int Place(in EventOrder other) => IsLast ? other.CompareTimesAndId(Order) : -other.CompareTimesAndId(Order);

    private ProfileValue Least(ProfileValue other) => other.CompareTo(Value!.Value) < 0 ? other : Value.Value;
}
