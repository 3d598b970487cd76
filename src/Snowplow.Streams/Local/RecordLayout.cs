using System.Buffers.Binary;

namespace Snowplow.Streams.Local;

/// <summary>The bytes of one record of the local log.</summary>
/// <remarks>
/// <code>
/// offset  size
///      0     3  mark "SPR"
///      3     1  format version, 1
///      4     4  payload length L, 0 to 16 MiB
///      8     8  position in the partition
///     16    16  payload id, in the order of its text form (RFC 9562)
///     32     4  CRC-32C of the payload
///     36     4  CRC-32C of: the log's identity in ASCII, then bytes 0 to 36 of this record
///     40     L  payload
/// </code>
/// Integers are little-endian. Records follow each other without padding. Lengths are trusted only under a valid header
/// checksum; since that one covers the identity, which no client knows, no payload can hold bytes that pass for a record
/// while a reader looks for the next one behind damage. Segment files, recovery and the golden bytes in the tests
/// change with this layout.
/// </remarks>
internal static class RecordLayout
{
    /// <summary>Bytes before the payload.</summary>
    public const int HeaderSize = 40;

    /// <summary>Bytes that a payload may have.</summary>
    public const int MaxPayloadSize = 16 << 20;

    /// <summary>Bytes that a record may have.</summary>
    public const int MaxRecordSize = HeaderSize + MaxPayloadSize;

    private const int HeaderCrcOffset = 36;

    /// <summary>How every record begins: the mark and the format version.</summary>
    public static ReadOnlySpan<byte> Mark => "SPR\x01"u8;

    /// <summary>Writes a record, all but its position and header checksum.</summary>
    public static void Write(Span<byte> record, Guid payloadId, ReadOnlySpan<byte> payload, uint payloadCrc)
    {
        Mark.CopyTo(record);
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], payload.Length);
        payloadId.TryWriteBytes(record[16..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32LittleEndian(record[32..], payloadCrc);
        payload.CopyTo(record[HeaderSize..]);
    }

    /// <summary>Gives a written record its position and header checksum.</summary>
    /// <returns>The record's size in bytes, so that the next one can be found.</returns>
    public static int Seal(Span<byte> record, uint identityCrc, long position)
    {
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], position);
        BinaryPrimitives.WriteUInt32LittleEndian(record[HeaderCrcOffset..], Crc32C.Of(identityCrc, record[..HeaderCrcOffset]));
        return HeaderSize + BinaryPrimitives.ReadInt32LittleEndian(record[4..]);
    }

    /// <summary>Reads a header, if the bytes are one of this log.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> bytes, uint identityCrc, out RecordHeader header)
    {
        header = default;
        if (bytes.Length < HeaderSize || !bytes.StartsWith(Mark)) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[HeaderCrcOffset..]) != Crc32C.Of(identityCrc, bytes[..HeaderCrcOffset])) return false;
        header = new RecordHeader(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            new Guid(bytes[16..32], bigEndian: true),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..]));
        return header.PayloadLength is >= 0 and <= MaxPayloadSize;
    }
}
