using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Snowplow.Storage.Landing;

/// <summary>
/// The header of a gzip member (RFC 1952) whose extra field says what the member is. All numbers little-endian:
/// <code>
/// byte  size  content
///    0     4  1F 8B 08 04: gzip, deflate, FLG.FEXTRA; 1F 8B 08 14 with FLG.FCOMMENT, too
///    4     6  00 00 00 00 00 FF: no time, no XFL, unknown OS
///   10     2  length of the extra field, n + f + g + 87
///   12     4  'S' 'P' and the length of the subfield, n + f + g + 83
///   16     1  version of this layout, 2
///   17     1  kind (MemberKind)
///   18     2  number of the partition
///   20     4  length of the whole member, from 1F to the end of ISIZE
///   24     4  length of the content, as ISIZE
///   28     8  first position: x of a batch or what lies beside it, c of a checkpoint; of a turn, where it takes over
///   36     8  end position: d or e; the first position again for a turn
///   44     8  collector hour of the raw record at the first position, seconds since 1970
///   52     4  writer: counts the activations that have written the partition's enriched files; 0 in rows
///   56     4  events in a batch
///   60     4  bad rows in a batch
///   64     4  length of the batch's member in the bad file; 0 where it has no bad rows
///   68     8  committed length of the bad file
///   76     1  n, length of the stream's identity
///   77     1  f, length of the file name
///   78     4  failed events in a batch
///   82     4  length of the batch's member in the failed file; 0 where it has no failed events
///   86     8  committed length of the failed file
///   94     1  g, length of the failed file's name
///   95     n  the stream's identity, ASCII
/// 95+n     f  batch: the partition's current bad file, if it has one; turn: the file in which the log goes on
///  +f      g  batch: the partition's current failed file, if it has one
///  +g      4  CRC-32 of all bytes before it: gzip's own covers the content only. It ends the extra field in every version.
/// </code>
/// A member from which lines were purged has the length it had: empty deflate blocks and, for what they do not fill, a comment
/// of up to 3 spaces and its zero byte behind the extra field (FLG.FCOMMENT).
/// Layout 1 knew no failed events: it lacks the bytes 78 to 94, and the last name. It is read, and written only in the place of one.
/// A change of this layout is a new version; then <see cref="MemberReader"/> and the fixture in the tests change with it.
/// </summary>
internal sealed record MemberHeader
{
    /// <summary>The version of the layout written here.</summary>
    public const byte CurrentVersion = 2;

    /// <summary>The oldest version that can be read.</summary>
    public const byte OldestVersion = 1;

    /// <summary>No header of a version that can be read is longer, in bytes.</summary>
    public const int MaxLength = FixedLength + PartitionName.MaxStreamLength + byte.MaxValue + byte.MaxValue + CrcLength + MaxCommentLength;

    /// <summary>No comment is longer, in bytes with its zero byte.</summary>
    public const int MaxCommentLength = 4;

    /// <summary>What every member begins with.</summary>
    public static ReadOnlySpan<byte> Magic => [0x1f, 0x8b, 8];

    private const byte ExtraFlag = 4;
    private const byte CommentFlag = 16;

    private const int FixedLength = 95;
    private const int FixedLengthOfLayout1 = 78;
    private const int CrcLength = 4;
    private const int ExtraStart = 12;
    private const int SubfieldStart = 16;

    public byte Version { get; private init; } = CurrentVersion;

    public required MemberKind Kind { get; init; }

    public required PartitionName Partition { get; init; }

    public required long From { get; init; }

    public required long UpTo { get; init; }

    public required DateTimeOffset CollectorHour { get; init; }

    public uint Writer { get; init; }

    public int GoodCount { get; init; }

    /// <summary>Of a batch: its bad rows.</summary>
    public SideLines Bad { get; init; }

    /// <summary>Of a batch: its failed events.</summary>
    public SideLines Failed { get; init; }

    /// <summary>Of a turn: the file in which the log goes on. Else empty.</summary>
    public string NextFile { get; init; } = "";

    /// <summary>The member's whole length in bytes; known once it is written.</summary>
    public int MemberLength { get; init; }

    /// <summary>The content's length in bytes; known once it is written.</summary>
    public int ContentLength { get; init; }

    /// <summary>The length of the comment, with its zero byte; 0 for none.</summary>
    public int CommentLength { get; init; }

    /// <summary>The length of this header in bytes.</summary>
    public int Length => LengthWithoutComment + CommentLength;

    private int LengthWithoutComment =>
        (Version == 1 ? FixedLengthOfLayout1 : FixedLength) + Partition.Stream.Length + FileName.Length + FailedFileName.Length + CrcLength;

    private string FileName => Kind == MemberKind.Turn ? NextFile : Bad.File ?? "";

    private string FailedFileName => Failed.File ?? "";

    /// <summary>Writes the header to the start of a span.</summary>
    public void Write(Span<byte> bytes)
    {
        bytes = bytes[..Length];
        bytes.Clear();
        if (CommentLength > 0) bytes[LengthWithoutComment..^1].Fill((byte)' ');
        bytes = bytes[..LengthWithoutComment];
        Magic.CopyTo(bytes);
        bytes[3] = CommentLength > 0 ? (byte)(ExtraFlag | CommentFlag) : ExtraFlag;
        bytes[9] = 0xff;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[10..], checked((ushort)(LengthWithoutComment - ExtraStart)));
        bytes[12] = (byte)'S';
        bytes[13] = (byte)'P';
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[14..], checked((ushort)(LengthWithoutComment - SubfieldStart)));
        bytes[16] = Version;
        bytes[17] = (byte)Kind;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes[18..], checked((ushort)Partition.Number));
        BinaryPrimitives.WriteInt32LittleEndian(bytes[20..], MemberLength);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], ContentLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[28..], From);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[36..], UpTo);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[44..], CollectorHour.ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[52..], Writer);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[56..], GoodCount);
        WriteCounts(Bad, bytes[60..]);
        bytes[76] = checked((byte)Partition.Stream.Length);
        bytes[77] = checked((byte)FileName.Length);
        if (Version > 1)
        {
            WriteCounts(Failed, bytes[78..]);
            bytes[94] = checked((byte)FailedFileName.Length);
        }

        var names = bytes[(Version == 1 ? FixedLengthOfLayout1 : FixedLength)..];
        foreach (var name in new[] { Partition.Stream, FileName, FailedFileName }) names = names[Encoding.ASCII.GetBytes(name, names)..];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[^CrcLength..], Crc32.HashToUInt32(bytes[..^CrcLength]));
    }

    /// <summary>Reads the header at the start of a span.</summary>
    /// <returns>
    /// The header, or null where there is no whole and undamaged one. One of another version has its
    /// <see cref="Version"/> and nothing else.
    /// </returns>
    public static MemberHeader? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < SubfieldStart + 1 + CrcLength || !bytes.StartsWith(Magic) || (bytes[3] & ~CommentFlag) != ExtraFlag || bytes[12] != 'S' || bytes[13] != 'P') return null;
        var length = ExtraStart + BinaryPrimitives.ReadUInt16LittleEndian(bytes[10..]);
        if (length < SubfieldStart + 1 + CrcLength || length > bytes.Length) return null;
        var comment = bytes[3] == ExtraFlag ? 0 : bytes[length..Math.Min(bytes.Length, length + MaxCommentLength)].IndexOf((byte)0) + 1;
        if (bytes[3] != ExtraFlag && comment == 0) return null;
        bytes = bytes[..length];
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^CrcLength..]) != Crc32.HashToUInt32(bytes[..^CrcLength])) return null;
        if (bytes[16] is < OldestVersion or > CurrentVersion)
            return new MemberHeader { Version = bytes[16], Kind = 0, Partition = new PartitionName("", 0), From = 0, UpTo = 0, CollectorHour = default };

        // The checksum holds, so these bytes are as Write wrote them.
        var (kind, isLayout1) = ((MemberKind)bytes[17], bytes[16] == 1);
        var names = bytes[(isLayout1 ? FixedLengthOfLayout1 : FixedLength)..^CrcLength];
        var stream = Encoding.ASCII.GetString(names[..bytes[76]]);
        var file = Encoding.ASCII.GetString(names.Slice(bytes[76], bytes[77]));
        return new MemberHeader
        {
            Version = bytes[16],
            CommentLength = comment,
            Kind = kind,
            Partition = new PartitionName(stream, BinaryPrimitives.ReadUInt16LittleEndian(bytes[18..])),
            MemberLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[20..]),
            ContentLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]),
            From = BinaryPrimitives.ReadInt64LittleEndian(bytes[28..]),
            UpTo = BinaryPrimitives.ReadInt64LittleEndian(bytes[36..]),
            CollectorHour = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64LittleEndian(bytes[44..])),
            Writer = BinaryPrimitives.ReadUInt32LittleEndian(bytes[52..]),
            GoodCount = BinaryPrimitives.ReadInt32LittleEndian(bytes[56..]),
            Bad = ReadCounts(bytes[60..], kind == MemberKind.Turn ? "" : file),
            Failed = isLayout1 ? default : ReadCounts(bytes[78..], Encoding.ASCII.GetString(names[(bytes[76] + bytes[77])..])),
            NextFile = kind == MemberKind.Turn ? file : "",
        };
    }

    private static void WriteCounts(SideLines lines, Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32LittleEndian(bytes, lines.Count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], lines.MemberLength);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], lines.CommittedLength);
    }

    private static SideLines ReadCounts(ReadOnlySpan<byte> bytes, string file) => new()
    {
        Count = BinaryPrimitives.ReadInt32LittleEndian(bytes),
        MemberLength = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
        CommittedLength = BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
        File = file.Length == 0 ? null : file,
    };
}
