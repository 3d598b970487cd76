using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Excerpts;

/// <summary>
/// What a state keeps of an enriched line for its rows: the texts of <see cref="PageColumns"/> or <see cref="DeviceColumns"/>
/// in UTF-8, separated by tabs, which no field holds. Immutable, and shared by whatever comes from the same event. In a
/// state's JSON it is a number in the state's <see cref="ExcerptPool"/>.
/// </summary>
[JsonConverter(typeof(NumberConverter))]
internal sealed class Excerpt
{
    /// <summary>The most columns that an excerpt has.</summary>
    public const int MaxColumns = 32;

    private byte[] _text;

    public Excerpt(byte[] text) => _text = text;

    /// <summary>The length in bytes.</summary>
    public int Length => _text.Length;

    /// <summary>All fields, with tabs between them.</summary>
    public ReadOnlySpan<byte> Text => _text;

    /// <summary>The excerpt's number in the pool that was made last.</summary>
    public int Number { get; set; }

    /// <summary>A hash of what the excerpt was taken from, if it is known; 0 otherwise. Lives in memory only.</summary>
    public ulong Source { get; set; }

    /// <summary>A field's text; empty stands for null.</summary>
    public ReadOnlySpan<byte> this[int column]
    {
        get
        {
            Span<Range> fields = stackalloc Range[MaxColumns];
            Split(fields);
            return _text.AsSpan(fields[column]);
        }
    }

    /// <summary>What excerpts share that came from the same event: the bytes in memory.</summary>
    public object Identity => _text;

    /// <summary>Finds all fields.</summary>
    /// <param name="fields"><see cref="MaxColumns"/> ranges to fill; those beyond the fields become empty.</param>
    public void Split(Span<Range> fields)
    {
        var start = 0;
        for (var i = 0; i < fields.Length; i++)
        {
            var length = start > _text.Length ? 0 : _text.AsSpan(start).IndexOf((byte)'\t');
            if (length < 0) length = _text.Length - start;
            fields[i] = Math.Min(start, _text.Length)..Math.Min(start + length, _text.Length);
            start += length + 1;
        }
    }

    /// <summary>Takes the text that the pool has for the number.</summary>
    public void Resolve(ExcerptPool pool) => _text = pool[Number]._text;

    internal sealed class NumberConverter : JsonConverter<Excerpt>
    {
        public override Excerpt Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new([]) { Number = reader.GetInt32() };

        public override void Write(Utf8JsonWriter writer, Excerpt value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Number);
    }
}
