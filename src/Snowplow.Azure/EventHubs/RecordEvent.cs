using Azure.Messaging.EventHubs;
using Snowplow.Streams;

namespace Snowplow.Azure.EventHubs;

/// <summary>
/// How a record stands in a hub: the body is the Thrift payload, as Snowplow's own collector and enrich have it over the hub's Kafka
/// endpoint; the payload's id is the application property <c>payload_id</c> (a Kafka header there), and the message id as well.
/// </summary>
internal static class RecordEvent
{
    private const string IdProperty = "payload_id";

    /// <summary>Bytes that an event has beside its payload at most: the id twice, sections, what a trace adds.</summary>
    public const int MaxOverhead = 1 << 10;

    public static EventData Write(Guid payloadId, ReadOnlyMemory<byte> payload)
    {
        var id = payloadId.ToString();
        var written = new EventData(payload) { MessageId = id };
        written.Properties.Add(IdProperty, id);
        return written;
    }

    public static RawRecord Read(EventData read) => new(read.SequenceNumber, IdOf(read), read.EventBody.ToMemory());

    // Records of Snowplow's collector have none; a header that a Kafka client wrote is bytes.
    private static Guid? IdOf(EventData read)
    {
        if (!read.Properties.TryGetValue(IdProperty, out var value)) return null;
        return value switch
        {
            string text when Guid.TryParse(text, out var id) => id,
            byte[] text when Guid.TryParse(text, out var id) => id,
            _ => null,
        };
    }
}
