using System.Buffers;
using Snowplow.Warehouse.Extents.Columns;

namespace Snowplow.Warehouse.Extents.Integers;

/// <summary>
/// Writes all integers of a column, block by block, as <see cref="IntegerBlocks"/> reads them: above the least and divided by what divides them all, or,
/// where few differ, as places in a table of them.
/// </summary>
internal sealed class IntegerBlocksWriter
{
    private const int LargestTable = 1 << 16;

    private readonly RegionWriter _region;
    private readonly DirectoryWriter _blocks = new();
    private readonly IntegerScale _scale;
    private readonly long[] _table;
    private int _count;

    /// <summary>A writer of these integers, all that will come.</summary>
    public IntegerBlocksWriter(RegionWriter region, ReadOnlySpan<long> all)
    {
        _region = region;
        _scale = IntegerScale.Of(all);
        _table = TableOf(all, _scale);
    }

    /// <summary>A writer of integers that stay as they are.</summary>
    public IntegerBlocksWriter(RegionWriter region)
    {
        _region = region;
        _scale = IntegerScale.None;
        _table = [];
    }

    /// <summary>Writes all values of a column and their directory.</summary>
    public static void Write(RegionWriter region, DirectoryWriter directory, Entries<long> entries)
    {
        var writer = new IntegerBlocksWriter(region, entries.All);
        for (var block = 0; block < entries.BlockCount; block++) writer.Add(entries.Block(block));
        writer.Finish(directory);
    }

    /// <summary>Appends the next block; it may be empty.</summary>
    public void Add(ReadOnlySpan<long> values)
    {
        _count++;
        var start = _region.Length;
        if (values.IsEmpty)
        {
            _blocks.Unsigned(0);
            return;
        }

        var pooled = ArrayPool<long>.Shared.Rent(values.Length);
        var scaled = pooled.AsSpan(0, values.Length);
        for (var i = 0; i < scaled.Length; i++) scaled[i] = _table.Length > 0 ? Array.BinarySearch(_table, values[i]) : _scale.Shrink(values[i]);
        IntegerBlock.Write(_region, scaled);
        var (least, greatest) = (scaled[0], scaled[0]);
        foreach (var value in scaled)
        {
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }

        _blocks.Unsigned((ulong)(_region.Length - start));
        _blocks.Signed(least);
        _blocks.Unsigned((ulong)(greatest - least));
        ArrayPool<long>.Shared.Return(pooled);
    }

    /// <summary>Writes where the blocks are. They must be all that was written to the region since the first of them.</summary>
    public void Finish(DirectoryWriter directory)
    {
        directory.Signed(_scale.Base);
        directory.Unsigned((ulong)_scale.Divisor);
        directory.Unsigned((ulong)_table.Length);
        for (var i = 0; i < _table.Length; i++) directory.Unsigned((ulong)(_table[i] - (i == 0 ? 0 : _table[i - 1])));
        directory.Unsigned((ulong)_count);
        directory.Bytes(_blocks.Written);
    }

    // Sorted, so that places are in the order of the integers. Empty where packing alone is as short.
    private static long[] TableOf(ReadOnlySpan<long> all, IntegerScale scale)
    {
        var different = new HashSet<long>();
        foreach (var value in all)
            if (different.Add(value) && different.Count > LargestTable) return [];
        long[] table = [.. different];
        if (table.Length < 2) return [];
        Array.Sort(table);
        var saved = BitPacking.WidthOf((ulong)(scale.Shrink(table[^1]) - scale.Shrink(table[0]))) - BitPacking.WidthOf((ulong)table.Length - 1);
        return (long)all.Length * saved / 8 > 6L * table.Length + 64 ? table : [];
    }
}
