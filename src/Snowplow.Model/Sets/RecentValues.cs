using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Sets;

/// <summary>
/// The 16 values of an id seen last by event time, latest first; of equal times the first in ordinal order. Depends on the
/// set of events alone. Values are cut at 255 characters.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class RecentValues
{
    internal const int Capacity = 16;
    private const int MaxLength = 255;

    private CompactList<(string Value, long LastMs)> _values;

    /// <summary>Whether no value was left out.</summary>
    public bool IsExact { get; private set; } = true;

    public ImmutableArray<string> Values => [.. _values.Elements.ToArray().Select(value => value.Value)];

    public void See(ReadOnlySpan<byte> value, long timeMs)
    {
        if (value.IsEmpty) return;
        for (var i = 0; i < _values.Count; i++)
        {
            if (!Utf8Text.Equals(value, _values[i].Value)) continue;
            if (_values[i].LastMs < timeMs) Insert(Take(i), timeMs);
            return;
        }

        See(Encoding.UTF8.GetString(value), timeMs);
    }

    private void See(string value, long timeMs)
    {
        value = Utf8Text.Cut(value, MaxLength);
        for (var i = 0; i < _values.Count; i++)
        {
            if (_values[i].Value != value) continue;
            timeMs = Math.Max(timeMs, _values[i].LastMs);
            Take(i);
            break;
        }

        Insert(value, timeMs);
    }

    private string Take(int at)
    {
        var value = _values[at].Value;
        _values.RemoveAt(at);
        return value;
    }

    private void Insert(string value, long timeMs)
    {
        var at = 0;
        while (at < _values.Count && (_values[at].LastMs > timeMs || (_values[at].LastMs == timeMs && string.CompareOrdinal(_values[at].Value, value) <= 0))) at++;
        _values.Insert(at, (value, timeMs));
        if (_values.Count <= Capacity) return;
        _values.RemoveAt(Capacity);
        IsExact = false;
    }

    // {"value": time, …}, latest first; a last member "" where values were left out.
    internal sealed class Converter : JsonConverter<RecentValues>
    {
        public override RecentValues Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var values = new RecentValues();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var value = reader.GetString()!;
                reader.Read();
                if (value.Length == 0) values.IsExact = false;
                else values.Insert(value, reader.GetInt64());
            }

            return values;
        }

        public override void Write(Utf8JsonWriter writer, RecentValues value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            foreach (var (text, lastMs) in value._values.Elements) writer.WriteNumber(text, lastMs);
            if (!value.IsExact) writer.WriteNumber(""u8, 0);
            writer.WriteEndObject();
        }
    }
}
