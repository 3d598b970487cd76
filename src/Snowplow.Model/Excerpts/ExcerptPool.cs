using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Excerpts;

/// <summary>
/// The excerpts of a state, each once: the entry of a visit is mostly its first view, and all its events come from one
/// device. There only while a state is written or read; what is read names excerpts by their numbers in it.
/// </summary>
[JsonConverter(typeof(Converter))]
internal sealed class ExcerptPool
{
    // From here on a search through all would take too long.
    private const int ManyExcerpts = 64;

    private readonly List<Excerpt> _excerpts = [];
    private Dictionary<object, int>? _numbers;

    public Excerpt this[int number] => number >= 0 && number < _excerpts.Count
        ? _excerpts[number]
        : throw new JsonException($"A state names excerpt {number} of {_excerpts.Count}.");

    /// <summary>Gives an excerpt its number.</summary>
    public void Add(Excerpt? excerpt)
    {
        if (excerpt is null) return;
        if (Find(excerpt) is >= 0 and var number)
        {
            excerpt.Number = number;
            return;
        }

        excerpt.Number = _excerpts.Count;
        _excerpts.Add(excerpt);
        if (_excerpts.Count < ManyExcerpts) return;
        _numbers ??= new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        for (var i = _numbers.Count; i < _excerpts.Count; i++) _numbers[_excerpts[i].Identity] = i;
    }

    private int Find(Excerpt excerpt)
    {
        if (_numbers is not null) return _numbers.GetValueOrDefault(excerpt.Identity, -1);
        for (var i = _excerpts.Count - 1; i >= 0; i--)
            if (_excerpts[i].Identity == excerpt.Identity) return i;
        return -1;
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
