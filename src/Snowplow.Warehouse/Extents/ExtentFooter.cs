using System.Buffers.Binary;
using System.IO.Hashing;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Columns;

namespace Snowplow.Warehouse.Extents;

/// <summary>
/// What stands at the end of an extent's file and makes it one. The file:
/// <code>
/// 0           "SPEXTENT"
/// 8           the bytes of the columns, one after the other
/// n-20-f      footer: version, count of rows, count of columns, and for each its name, type, form, offset, length, checksum and directory
/// n-20        length f of the footer (4 bytes)
/// n-16        checksum of the footer (8 bytes)
/// n-8         "SPEXTEND"
/// </code>
/// Numbers in the footer are as <see cref="DirectoryWriter"/> writes them, the others little-endian; checksums are XXH3 of 64 bits.
/// </summary>
/// <param name="RowCount">Number of rows.</param>
/// <param name="Columns">The columns in order.</param>
internal sealed record ExtentFooter(int RowCount, IReadOnlyList<ExtentFooter.Entry> Columns)
{
    private const int Version = 1;
    private const int TailSize = 20;

    /// <summary>What a file begins with.</summary>
    public static ReadOnlySpan<byte> Head => "SPEXTENT"u8;

    private static ReadOnlySpan<byte> Tail => "SPEXTEND"u8;

    /// <summary>Writes it.</summary>
    public void Write(Stream file)
    {
        var footer = new DirectoryWriter();
        footer.Unsigned(Version);
        footer.Unsigned((ulong)RowCount);
        footer.Unsigned((ulong)Columns.Count);
        foreach (var column in Columns)
        {
            footer.Text(column.Name);
            footer.Unsigned((ulong)column.Type);
            footer.Unsigned((ulong)column.Form);
            footer.Unsigned((ulong)column.Offset);
            footer.Unsigned((ulong)column.Length);
            footer.Unsigned(column.Checksum);
            footer.Bytes(column.Directory);
        }

        file.Write(footer.Written);
        Span<byte> tail = stackalloc byte[TailSize];
        BinaryPrimitives.WriteInt32LittleEndian(tail, footer.Written.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(tail[4..], XxHash3.HashToUInt64(footer.Written));
        Tail.CopyTo(tail[12..]);
        file.Write(tail);
    }

    /// <summary>Reads it from the bytes of a file.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="end">The last bytes, the footer among them; of a small file, all.</param>
    /// <param name="fileLength">How many there are.</param>
    /// <exception cref="InvalidDataException">The file is no whole extent.</exception>
    public static ExtentFooter Read(ReadOnlySpan<byte> head, ReadOnlySpan<byte> end, long fileLength)
    {
        if (fileLength < Head.Length + TailSize || !head.StartsWith(Head) || !end.EndsWith(Tail)) throw new InvalidDataException("it does not begin and end as an extent");
        var tail = end[^TailSize..];
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (length < 0 || length > end.Length - TailSize) throw new InvalidDataException("its footer is longer than it");
        var bytes = end.Slice(end.Length - TailSize - length, length);
        if (XxHash3.HashToUInt64(bytes) != BinaryPrimitives.ReadUInt64LittleEndian(tail[4..])) throw new InvalidDataException("its footer does not match its checksum");
        var footer = new DirectoryReader(bytes);
        if (footer.Unsigned() is var version && version != Version) throw new InvalidDataException($"its version is {version}, not {Version}");
        var rowCount = footer.Count(ExtentWriter.MaxRows);
        var columns = new Entry[footer.Count(1 << 16)];
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i] = new Entry(
                footer.Text(), (KqlType)footer.Count((int)KqlType.Dynamic), (ColumnForm)footer.Count((int)ColumnForm.TextGroups),
                (long)footer.Unsigned(), (long)footer.Unsigned(), footer.Unsigned(), footer.Bytes().ToArray());
            if (columns[i].Offset < 0 || columns[i].Length < 0 || columns[i].Offset + columns[i].Length > fileLength - TailSize - length) throw new InvalidDataException($"column '{columns[i].Name}' is not within it");
        }

        return new ExtentFooter(rowCount, columns);
    }

    /// <summary>A column of the file.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Type">The type of its values; numbered in the order of <see cref="KqlType"/>.</param>
    /// <param name="Form">How its bytes are laid out.</param>
    /// <param name="Offset">Where they begin.</param>
    /// <param name="Length">How many they are.</param>
    /// <param name="Checksum">The checksum of them.</param>
    /// <param name="Directory">Where the blocks are; what it holds is told by the class of the form.</param>
    public sealed record Entry(string Name, KqlType Type, ColumnForm Form, long Offset, long Length, ulong Checksum, byte[] Directory);
}
