using System.Buffers;
using System.Security.Cryptography;
using Snowplow.Enrich;
using Snowplow.Events.Collector;

namespace Snowplow.Silo.EnrichFilter;

/// <summary>Makes raw records of payloads that come from no stream.</summary>
internal static class PayloadRecord
{
    private const string Partition = "input";

    /// <summary>
    /// The record of a payload. Its id is a hash of its bytes, so that events without an id of their own get the same one whenever
    /// the payload is enriched again, in whatever file and place.
    /// </summary>
    /// <param name="thrift">The serialised payload.</param>
    /// <param name="position">Its number in the input.</param>
    public static RawPayload Of(ReadOnlyMemory<byte> thrift, long position)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(thrift.Span, hash);
        return new RawPayload(new Guid(hash[..16], bigEndian: true), Partition, position, thrift);
    }

    /// <summary>Serialises a payload.</summary>
    /// <param name="payload">The payload.</param>
    /// <param name="buffer">Emptied first; holds the bytes.</param>
    public static ReadOnlyMemory<byte> Serialise(CollectorPayload payload, ArrayBufferWriter<byte> buffer)
    {
        buffer.ResetWrittenCount();
        CollectorPayloadWriter.Write(payload, buffer);
        return buffer.WrittenMemory;
    }
}
