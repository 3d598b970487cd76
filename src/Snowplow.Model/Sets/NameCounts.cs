using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Sets;

/// <summary>
/// Counts by event name. Beyond 64 names those that come last in ordinal order are counted together as <c>(other)</c>; a
/// name kept has therefore been counted from the start, in any order of arrival. Names are cut at 128 characters.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class NameCounts
{
    /// <summary>The name of the rest; no event can have it, for Iglu names hold no parentheses.</summary>
    internal const string Other = "(other)";

    internal const int Capacity = 64;
    private const int MaxNameLength = 128;

    // In ordinal order.
    private CompactList<(string Name, long Count)> _counts;
    private long _other;

    /// <summary>Whether every name has its own count.</summary>
    public bool IsExact => _other == 0;

    public void Add(ReadOnlySpan<byte> name, long count)
    {
        for (var i = 0; i < _counts.Count; i++)
        {
            if (!Utf8Text.Equals(name, _counts[i].Name)) continue;
            AddAt(i, count);
            return;
        }

        Add(CommonTexts.Of(name), count);
    }

    public void Add(NameCounts other)
    {
        foreach (var (name, count) in other._counts.Elements) Add(name, count);
        _other += other._other;
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, count) in _counts.Elements) writer.WriteNumber(name, count);
        if (_other != 0) writer.WriteNumber(Other, _other);
        writer.WriteEndObject();
    }

    private void Add(string name, long count)
    {
        name = Utf8Text.Cut(name, MaxNameLength);
        var at = 0;
        while (at < _counts.Count && string.CompareOrdinal(_counts[at].Name, name) < 0) at++;
        if (at < _counts.Count && _counts[at].Name == name) AddAt(at, count);
        else if (name == Other || at == Capacity) _other += count;
        else _counts.Insert(at, (name, count));
        if (_counts.Count <= Capacity) return;
        _other += _counts[Capacity].Count;
        _counts.RemoveAt(Capacity);
    }

    private void AddAt(int at, long count)
    {
        var sum = _counts[at].Count + count;
        if (sum == 0) _counts.RemoveAt(at);
        else _counts[at].Count = sum;
    }

    internal sealed class Converter : JsonConverter<NameCounts>
    {
        public override NameCounts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var counts = new NameCounts();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = CommonTexts.Of(reader.GetString()!);
                reader.Read();
                counts.Add(name, reader.GetInt64());
            }

            return counts;
        }

        public override void Write(Utf8JsonWriter writer, NameCounts value, JsonSerializerOptions options) => value.WriteTo(writer);
    }
}
