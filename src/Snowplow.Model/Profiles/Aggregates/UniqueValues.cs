using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Profiles.Aggregates;

/// <summary>The 100 distinct values seen last, latest first; of equal times the first in ordinal order.</summary>
internal sealed class UniqueValues : Aggregate
{
    public const int Capacity = 100;

    [JsonPropertyName("l")]
    public List<Sighted> Values { get; set; } = [];

    public override void See(in Observation e)
    {
        if (e.Value.IsMissing) return;
        for (var i = 0; i < Values.Count; i++)
        {
            if (!Values[i].Value.Is(e.Value, e.Type)) continue;
            if (Values[i].LastMs < e.TimeMs) Move(i, e.TimeMs);
            return;
        }

        // Most values of a full list's past need no string.
        if (Values.Count == Capacity && e.TimeMs < Values[^1].LastMs) return;
        Insert(new Sighted(ProfileValue.Of(e.Value, e.Type), e.TimeMs));
    }

    public override void Merge(Aggregate other)
    {
        foreach (var value in ((UniqueValues)other).Values)
        {
            var at = Values.FindIndex(known => known.Value == value.Value);
            if (at < 0) Insert(value);
            else if (Values[at].LastMs < value.LastMs) Move(at, value.LastMs);
        }
    }

    public override bool IsEmpty(long fromMs) => Values.Count == 0 || Values[0].LastMs < fromMs;

    public override void WriteTo(Utf8JsonWriter json, Aggregation aggregation, long fromMs, long nowMs)
    {
        json.WriteStartArray();
        foreach (var value in Values.TakeWhile(value => value.LastMs >= fromMs)) value.Value.WriteTo(json);
        json.WriteEndArray();
    }

    private void Move(int from, long timeMs)
    {
        var value = Values[from].Value;
        Values.RemoveAt(from);
        Insert(new Sighted(value, timeMs));
    }

    private void Insert(Sighted value)
    {
        var at = Values.FindIndex(known => known.LastMs < value.LastMs || (known.LastMs == value.LastMs && value.Value.CompareTo(known.Value) < 0));
        Values.Insert(at < 0 ? Values.Count : at, value);
        if (Values.Count > Capacity) Values.RemoveAt(Capacity);
    }

    internal readonly record struct Sighted([property: JsonPropertyName("v")] ProfileValue Value, [property: JsonPropertyName("t")] long LastMs);
}
