using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model;

/// <summary>
/// How far a state has come in each partition, by partition name (the stream's identity and the number). The part of a
/// state that makes Apply idempotent. A partition never seen stands at 0.
/// </summary>
[JsonConverter(typeof(Converter))]
public sealed class Positions
{
    // Nearly always one: a user's events share a partition. A dictionary would take more memory than all counts of a user.
    private Place[] _places = [];

    /// <summary>What Apply must answer for a batch.</summary>
    /// <param name="partition">The partition's name.</param>
    /// <param name="after">The end of the last batch sent to this grain in the range not yet checkpointed, or 0.</param>
    /// <param name="upTo">The end of the batch.</param>
    public ApplyOutcome Check(string partition, long after, long upTo)
    {
        var applied = Find(partition).Applied;
        return upTo <= applied ? ApplyOutcome.AlreadyApplied : applied < after ? ApplyOutcome.Behind : ApplyOutcome.Applied;
    }

    /// <summary>Whether the batch that ends at a position has been applied.</summary>
    public bool HasReached(string partition, long upTo) => Find(partition).Applied >= upTo;

    /// <summary>Takes note of a batch applied.</summary>
    internal void Advance(string partition, long upTo) => Of(partition).Applied = upTo;

    /// <summary>Takes note of the start of the range not yet finished: rows of changes before it are safe. Says whether that is new.</summary>
    internal bool Finish(string partition, long finished)
    {
        if (Find(partition).Finished >= finished) return false;
        Of(partition).Finished = finished;
        return true;
    }

    internal bool IsFinished(string partition, long upTo) => Find(partition).Finished >= upTo;

    private Place Find(string partition)
    {
        foreach (ref readonly var place in _places.AsSpan())
            if (place.Partition == partition) return place;
        return default;
    }

    private ref Place Of(string partition)
    {
        foreach (ref var place in _places.AsSpan())
            if (place.Partition == partition) return ref place;
        _places = [.. _places, new Place { Partition = partition }];
        return ref _places[^1];
    }

    private struct Place
    {
        public string Partition;
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
                    ref var place = ref positions.Of(string.Intern(reader.GetString()!));
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
            foreach (var place in value._places) writer.WriteNumber(place.Partition, place.Applied);
            writer.WriteEndObject();
            writer.WriteStartObject("f"u8);
            foreach (var place in value._places)
                if (place.Finished != 0) writer.WriteNumber(place.Partition, place.Finished);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }
}
