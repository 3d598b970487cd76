using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model;

/// <summary>
/// How far a state has come in each partition, by partition name (the stream's identity and the number). The part of a
/// state that makes Apply idempotent. A partition never seen stands at 0. Keep it in a field that is not readonly: it takes no object of its own.
/// </summary>
[JsonConverter(typeof(Converter))]
internal struct Positions
{
    private ByPartition<Place> _places;

    /// <summary>What Apply must answer for a batch.</summary>
    /// <param name="partition">The partition's name.</param>
    /// <param name="after">The end of the last batch sent to this grain in the range not yet checkpointed, or 0.</param>
    /// <param name="upTo">The end of the batch.</param>
    public readonly ApplyOutcome Check(string partition, long after, long upTo)
    {
        var applied = _places.Find(partition).Applied;
        return upTo <= applied ? ApplyOutcome.AlreadyApplied : applied < after ? ApplyOutcome.Behind : ApplyOutcome.Applied;
    }

    /// <summary>Whether the batch that ends at a position has been applied.</summary>
    public readonly bool HasReached(string partition, long upTo) => _places.Find(partition).Applied >= upTo;

    /// <summary>Takes note of a batch applied.</summary>
    public void Advance(string partition, long upTo) => _places.Of(partition).Applied = upTo;

    /// <summary>Takes note of the start of the range not yet finished: rows of changes before it are safe. Says whether that is new.</summary>
    public bool Finish(string partition, long finished)
    {
        if (_places.Find(partition).Finished >= finished) return false;
        _places.Of(partition).Finished = finished;
        return true;
    }

    public readonly bool IsFinished(string partition, long upTo) => _places.Find(partition).Finished >= upTo;

    private struct Place
    {
        public long Applied;
        public long Finished;
    }

    // {"a": {partition: applied, …}, "f": {partition: finished, …}}
    internal sealed class Converter : JsonConverter<Positions>
    {
        public override Positions Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var positions = new Positions();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isApplied = reader.ValueTextEquals("a"u8);
                reader.Read();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    ref var place = ref positions._places.Of(string.Intern(reader.GetString()!));
                    reader.Read();
                    (isApplied ? ref place.Applied : ref place.Finished) = reader.GetInt64();
                }
            }

            return positions;
        }

        public override void Write(Utf8JsonWriter writer, Positions value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteStartObject("a"u8);
            for (var i = 0; i < value._places.Count; i++) writer.WriteNumber(value._places[i].Partition, value._places[i].Value.Applied);
            writer.WriteEndObject();
            writer.WriteStartObject("f"u8);
            for (var i = 0; i < value._places.Count; i++)
                if (value._places[i].Value.Finished is not 0 and var finished) writer.WriteNumber(value._places[i].Partition, finished);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }
}
