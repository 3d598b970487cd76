using System.Buffers;
using System.Buffers.Binary;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Columns;
using Snowplow.Warehouse.Extents.Integers;

namespace Snowplow.Warehouse.Extents.Texts;

/// <summary>
/// Strings that are read together: their lengths (<see cref="IntegerBlocks"/>), then their bytes, compressed where that is shorter; or, where all are
/// uuids, those. The directory: form, count of strings, bytes of all, bytes in the file, that of the lengths.
/// </summary>
internal sealed class TextGroup
{
    private readonly Form _form;
    private readonly int _size;
    private readonly int _storedSize;
    private readonly long _start;
    private readonly IntegerBlocks? _lengths;

    /// <summary>Reads the directory.</summary>
    /// <param name="directory">Where it comes next.</param>
    /// <param name="start">Where the group is, in bytes from the region's begin; its end afterwards.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public TextGroup(ref DirectoryReader directory, ref long start)
    {
        _form = (Form)directory.Count(2);
        Count = directory.Count(1 << 24);
        _size = directory.Count();
        _storedSize = directory.Count();
        if (_form != Form.Uuids) _lengths = new IntegerBlocks(ref directory, ref start);
        _start = start;
        start += _storedSize;
    }

    private enum Form : byte
    {
        Plain,
        Compressed,
        Uuids,
    }

    /// <summary>Number of strings.</summary>
    public int Count { get; }

    /// <summary>Writes strings and their directory.</summary>
    public static void Write(RegionWriter region, DirectoryWriter directory, StringPool strings)
    {
        if (Uuids(strings) is { } uuids)
        {
            WriteHead(directory, Form.Uuids, strings, uuids.Length);
            region.Write(uuids);
            return;
        }

        var bytes = strings.Bytes;
        var compressed = ArrayPool<byte>.Shared.Rent(bytes.Length);
        var isShorter = TextCompression.TryCompress(bytes, compressed.AsSpan(0, bytes.Length), out var size);
        WriteHead(directory, isShorter ? Form.Compressed : Form.Plain, strings, isShorter ? size : bytes.Length);
        WriteLengths(region, directory, strings);
        region.Write(isShorter ? compressed.AsSpan(0, size) : bytes);
        ArrayPool<byte>.Shared.Return(compressed);
    }

    /// <summary>The strings, and the empty one behind them.</summary>
    /// <param name="region">The column's bytes.</param>
    /// <param name="isDistinct">Whether no string occurs twice.</param>
    public unsafe StringPool Read(byte* region, bool isDistinct)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(_size);
        var ends = GC.AllocateUninitializedArray<int>(Count + 1);
        Read(region, bytes, ends.AsSpan(0, Count), 0);
        ends[Count] = _size;
        return new StringPool(bytes, ends, isDistinct);
    }

    /// <summary>The strings of several groups, and the empty one behind them.</summary>
    public static unsafe StringPool Read(byte* region, IReadOnlyList<TextGroup> groups)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(checked((int)groups.Sum(group => (long)group._size)));
        var ends = GC.AllocateUninitializedArray<int>(groups.Sum(group => group.Count) + 1);
        var (size, count) = (0, 0);
        foreach (var group in groups)
        {
            group.Read(region, bytes.AsSpan(size, group._size), ends.AsSpan(count, group.Count), size);
            (size, count) = (size + group._size, count + group.Count);
        }

        ends[count] = size;
        return new StringPool(bytes, ends, isDistinct: false);
    }

    // Puts the strings and where they end into what is as long as they are; the first begins at some place.
    private unsafe void Read(byte* region, Span<byte> bytes, Span<int> ends, int start)
    {
        var stored = new ReadOnlySpan<byte>(region + _start, _storedSize);
        if (_form == Form.Uuids)
        {
            for (var i = 0; i < Count; i++)
            {
                UuidText.Write(stored[(i * UuidBlocks.Size)..], bytes[(i * UuidText.Length)..]);
                ends[i] = start + ((i + 1) * UuidText.Length);
            }

            return;
        }

        for (var block = 0; block < _lengths!.Count; block++) _lengths.Read(region, block, ends.Slice(block * IntegerBlock.Capacity, _lengths.CountOf(region, block)));
        var end = start;
        for (var i = 0; i < Count; i++) ends[i] = end += ends[i];
        if (_form == Form.Compressed) TextCompression.Decompress(stored, bytes);
        else stored.CopyTo(bytes);
    }

    private static void WriteLengths(RegionWriter region, DirectoryWriter directory, StringPool strings)
    {
        var lengths = new IntegerBlocksWriter(region);
        var block = ArrayPool<long>.Shared.Rent(IntegerBlock.Capacity);
        for (var start = 0; start < strings.Count; start += IntegerBlock.Capacity)
        {
            var count = Math.Min(IntegerBlock.Capacity, strings.Count - start);
            for (var i = 0; i < count; i++) block[i] = strings[start + i].Length;
            lengths.Add(block.AsSpan(0, count));
        }

        ArrayPool<long>.Shared.Return(block);
        lengths.Finish(directory);
    }

    private static void WriteHead(DirectoryWriter directory, Form form, StringPool strings, int storedSize)
    {
        directory.Unsigned((ulong)form);
        directory.Unsigned((ulong)strings.Count);
        directory.Unsigned((ulong)strings.TextBytes);
        directory.Unsigned((ulong)storedSize);
    }

    private static byte[]? Uuids(StringPool strings)
    {
        if (strings.Count == 0 || strings.TextBytes != (long)strings.Count * UuidText.Length) return null;
        var uuids = new byte[strings.Count * UuidBlocks.Size];
        for (var i = 0; i < strings.Count; i++)
        {
            if (!UuidText.TryParse(strings[i], out var uuid)) return null;
            BinaryPrimitives.WriteUInt128BigEndian(uuids.AsSpan(i * UuidBlocks.Size), uuid);
        }

        return uuids;
    }
}
