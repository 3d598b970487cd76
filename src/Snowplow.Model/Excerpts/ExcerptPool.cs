using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Excerpts;

/// <summary>
/// The excerpts of a state, each once: the entry of a visit is mostly its first view, and all its events come from one
/// device. Made before a state is written; what is read names excerpts by their numbers in it.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class ExcerptPool
{
    private readonly List<Excerpt> _excerpts = [];

    public Excerpt this[int number] => number >= 0 && number < _excerpts.Count
        ? _excerpts[number]
        : throw new JsonException($"A state names excerpt {number} of {_excerpts.Count}.");

    public void Clear() => _excerpts.Clear();

    /// <summary>Gives an excerpt its number.</summary>
    public void Add(Excerpt? excerpt)
    {
        if (excerpt is null) return;
        for (var i = _excerpts.Count - 1; i >= 0; i--)
        {
            if (!_excerpts[i].IsSameAs(excerpt)) continue;
            excerpt.Number = i;
            return;
        }

        excerpt.Number = _excerpts.Count;
        _excerpts.Add(excerpt);
    }

    internal sealed class Converter : JsonConverter<ExcerptPool>
    {
        public override ExcerptPool Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var pool = new ExcerptPool();
            while (reader.Read() && reader.TokenType == JsonTokenType.String)
            {
                var text = ArrayPool<byte>.Shared.Rent(Math.Max(1, reader.ValueSpan.Length));
                var length = reader.CopyString(text);
                pool._excerpts.Add(new Excerpt(text.AsSpan(0, length).ToArray()));
                ArrayPool<byte>.Shared.Return(text);
            }

            return pool;
        }

        public override void Write(Utf8JsonWriter writer, ExcerptPool value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            foreach (var excerpt in value._excerpts) writer.WriteStringValue(excerpt.Text);
            writer.WriteEndArray();
        }
    }
}
