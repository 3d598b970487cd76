using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Snowplow.Model.Events;

/// <summary>
/// The place of an event in the order by which firsts and lasts are taken: derived_tstamp, dvce_created_tstamp (missing
/// before present), event_id (a UUID as its 128-bit number, which is the order of its text; other text by its hash), and
/// between copies of one event with equal times a hash of the whole line. So the order is total, whatever arrives first.
/// </summary>
/// <param name="DerivedMs">derived_tstamp, else collector_tstamp, in milliseconds since 1970; 0 where both are missing.</param>
/// <param name="CreatedMs">dvce_created_tstamp in milliseconds since 1970; <see cref="long.MinValue"/> where missing.</param>
/// <param name="EventId">The event id as a number.</param>
/// <param name="LineHash">The hash of the line.</param>
[JsonConverter(typeof(Converter))]
internal readonly record struct EventOrder(long DerivedMs, long CreatedMs, UInt128 EventId, ulong LineHash) : IComparable<EventOrder>
{
    public int CompareTo(EventOrder other)
    {
        var byTimesAndId = CompareTimesAndId(other);
        return byTimesAndId != 0 ? byTimesAndId : LineHash.CompareTo(other.LineHash);
    }

    public int CompareTimesAndId(in EventOrder other)
    {
        var byDerived = DerivedMs.CompareTo(other.DerivedMs);
        if (byDerived != 0) return byDerived;
        var byCreated = CreatedMs.CompareTo(other.CreatedMs);
        return byCreated != 0 ? byCreated : EventId.CompareTo(other.EventId);
    }

    /// <summary>The 40 bytes of the four parts, big-endian, in base64: 56 characters.</summary>
    internal sealed class Converter : JsonConverter<EventOrder>
    {
        private const int Length = 40;

        public override EventOrder Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var bytes = reader.GetBytesFromBase64();
            if (bytes.Length != Length) throw new JsonException($"An event's order has {Length} bytes, not {bytes.Length}.");
            return new EventOrder(
                BinaryPrimitives.ReadInt64BigEndian(bytes),
                BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(8)),
                BinaryPrimitives.ReadUInt128BigEndian(bytes.AsSpan(16)),
                BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(32)));
        }

        public override void Write(Utf8JsonWriter writer, EventOrder value, JsonSerializerOptions options)
        {
            Span<byte> bytes = stackalloc byte[Length];
            BinaryPrimitives.WriteInt64BigEndian(bytes, value.DerivedMs);
            BinaryPrimitives.WriteInt64BigEndian(bytes[8..], value.CreatedMs);
            BinaryPrimitives.WriteUInt128BigEndian(bytes[16..], value.EventId);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[32..], value.LineHash);
            writer.WriteBase64StringValue(bytes);
        }
    }
}
