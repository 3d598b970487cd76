using System.Buffers.Binary;

namespace Snowplow.Streams.Local;

/// <summary>The bytes of a journal file.</summary>
/// <remarks>
/// <code>
/// head, at the file's start                      round, from byte 28 on, one behind the other
/// offset  size                                   offset  size
///      0     3  mark "SPJ"                            0     3  mark "SPC"
///      3     1  format version, 1                     3     1  format version, 1
///      4     8  generation                            4     8  generation, the head's
///     12     8  generation before it that is         12     4  bytes of pieces that follow
///               needed too; 0 if none is             16     4  CRC-32C of: identity, bytes 0 to 16, pieces
///     20     4  CRC-32C of: identity, bytes 0 to 20  20        pieces
///     24     4  nothing
///
/// piece
///      0     4  partition
///      4     8  base position of the segment file
///     12     8  offset in it
///     20     4  length L
///     24     L  records (<see cref="RecordLayout"/>)
/// </code>
/// Integers are little-endian. A file is written over when its turn comes again: a round of an older generation is no round. As
/// in <see cref="RecordLayout"/>, checksums begin with the log's identity, which no client knows.
/// </remarks>
internal static class JournalLayout
{
    /// <summary>Bytes of a file's head.</summary>
    public const int HeadSize = 28;

    /// <summary>Bytes of a round before its pieces.</summary>
    public const int RoundSize = 20;

    /// <summary>Bytes of a piece before its records.</summary>
    public const int PieceSize = 24;

    private const int HeadCrcOffset = 20;
    private const int RoundCrcOffset = 16;

    private static ReadOnlySpan<byte> HeadMark => "SPJ\x01"u8;

    private static ReadOnlySpan<byte> RoundMark => "SPC\x01"u8;

    /// <summary>Writes a file's head.</summary>
    public static void WriteHead(Span<byte> head, uint identityCrc, JournalHead of)
    {
        head.Clear();
        HeadMark.CopyTo(head);
        BinaryPrimitives.WriteInt64LittleEndian(head[4..], of.Generation);
        BinaryPrimitives.WriteInt64LittleEndian(head[12..], of.Previous);
        BinaryPrimitives.WriteUInt32LittleEndian(head[HeadCrcOffset..], Crc32C.Of(identityCrc, head[..HeadCrcOffset]));
    }

    /// <summary>Reads a file's head; null if the bytes are none of this log.</summary>
    public static JournalHead? ReadHead(ReadOnlySpan<byte> bytes, uint identityCrc)
    {
        if (bytes.Length < HeadSize || !bytes.StartsWith(HeadMark)) return null;
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[HeadCrcOffset..]) != Crc32C.Of(identityCrc, bytes[..HeadCrcOffset])) return null;
        return new JournalHead(BinaryPrimitives.ReadInt64LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[12..]));
    }

    /// <summary>Writes what stands before a piece's records.</summary>
    public static void WritePiece(Span<byte> bytes, JournalPiece piece)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, piece.Partition);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[4..], piece.SegmentBase);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[12..], piece.Offset);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[20..], piece.Records.Length);
    }

    /// <summary>Writes what stands before a round's pieces.</summary>
    /// <param name="round">Receives <see cref="RoundSize"/> bytes.</param>
    /// <param name="identityCrc">CRC-32C of the log's identity.</param>
    /// <param name="generation">The file's.</param>
    /// <param name="parts">The pieces' bytes, in order.</param>
    /// <param name="length">How many these are.</param>
    public static void WriteRound(Span<byte> round, uint identityCrc, long generation, IEnumerable<ReadOnlyMemory<byte>> parts, int length)
    {
        RoundMark.CopyTo(round);
        BinaryPrimitives.WriteInt64LittleEndian(round[4..], generation);
        BinaryPrimitives.WriteInt32LittleEndian(round[12..], length);
        var crc = Crc32C.Of(identityCrc, round[..RoundCrcOffset]);
        foreach (var part in parts) crc = Crc32C.Of(crc, part.Span);
        BinaryPrimitives.WriteUInt32LittleEndian(round[RoundCrcOffset..], crc);
    }

    /// <summary>The length of a round's pieces, as its first bytes say; null if they are no round of the generation.</summary>
    public static int? ReadRound(ReadOnlySpan<byte> round, long generation)
    {
        if (round.Length < RoundSize || !round.StartsWith(RoundMark) || BinaryPrimitives.ReadInt64LittleEndian(round[4..]) != generation) return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(round[12..]);
        return length >= 0 ? length : null;
    }

    /// <summary>Whether a round is whole.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> round, ReadOnlySpan<byte> pieces, uint identityCrc) =>
        BinaryPrimitives.ReadUInt32LittleEndian(round[RoundCrcOffset..]) == Crc32C.Of(Crc32C.Of(identityCrc, round[..RoundCrcOffset]), pieces);

    /// <summary>The pieces of a whole round.</summary>
    public static IEnumerable<JournalPiece> ReadPieces(ReadOnlyMemory<byte> pieces)
    {
        while (!pieces.IsEmpty)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(pieces.Span[20..]);
            yield return new JournalPiece(
                BinaryPrimitives.ReadInt32LittleEndian(pieces.Span),
                BinaryPrimitives.ReadInt64LittleEndian(pieces.Span[4..]),
                BinaryPrimitives.ReadInt64LittleEndian(pieces.Span[12..]),
                pieces.Slice(PieceSize, length));
            pieces = pieces[(PieceSize + length)..];
        }
    }
}
