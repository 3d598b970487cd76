using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Snowplow.Events.Enriched;

/// <summary>
/// Ids for events that came without one (<c>eid</c>): UUIDs version 5 (RFC 9562 §5.5) of where the event was found, so that
/// a payload stored twice or enriched again gives the same ids.
/// </summary>
public static class EventId
{
    // The name spaces of the two rules: fixed for ever, for ids must not change between versions.
    private static readonly Guid PayloadNamespace = new("5b7a0b1e-6d0c-4c53-9b7e-2f1a52c0a9d4");
    private static readonly Guid PositionNamespace = new("c1f6dd0f-3a4b-4f0e-8a58-7be5f3b1e6a2");

    /// <summary>The id of the event at an index of a payload to which the collector gave an id.</summary>
    public static Guid FromPayload(Guid payloadId, int index)
    {
        Span<byte> name = stackalloc byte[36];
        PayloadNamespace.TryWriteBytes(name, bigEndian: true, out _);
        payloadId.TryWriteBytes(name[16..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(name[32..], index);
        return Hash(name);
    }

    /// <summary>The id of the event at an index of a payload without an id, from where the raw stream holds it.</summary>
    /// <param name="partition">The partition's name: the stream's identity and the partition's number.</param>
    /// <param name="position">The position in the partition.</param>
    /// <param name="index">The event's index in the payload.</param>
    public static Guid FromPosition(string partition, long position, int index)
    {
        var partitionLength = Encoding.UTF8.GetByteCount(partition);
        Span<byte> name = partitionLength <= 228 ? stackalloc byte[28 + partitionLength] : new byte[28 + partitionLength];
        PositionNamespace.TryWriteBytes(name, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(name[16..], position);
        BinaryPrimitives.WriteInt32BigEndian(name[24..], index);
        Encoding.UTF8.GetBytes(partition, name[28..]);
        return Hash(name);
    }

    private static Guid Hash(ReadOnlySpan<byte> name)
    {
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 9562 defines version 5 by SHA-1; nothing here rests on its strength.
        SHA1.HashData(name, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
