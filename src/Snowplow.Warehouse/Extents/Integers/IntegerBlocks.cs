namespace Snowplow.Warehouse.Extents.Integers;

/// <summary>
/// The integers of a column in blocks. The directory: what is 0, what is 1, the table (count, then differences; none where the integers are themselves),
/// count of blocks, bytes of the following, for each block its length and, unless it is empty, its least integer and how much the greatest is above.
/// </summary>
internal sealed class IntegerBlocks
{
    private readonly IntegerScale _scale;
    private readonly long[] _table;
    private readonly long[] _offsets;
    private readonly long[] _least;
    private readonly long[] _greatest;

    /// <summary>Reads the directory.</summary>
    /// <param name="directory">Where it comes next.</param>
    /// <param name="start">Where the first block is, in bytes from the region's begin; the end of the last one afterwards.</param>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public IntegerBlocks(ref DirectoryReader directory, ref long start)
    {
        _scale = new IntegerScale(directory.Signed(), (long)directory.Unsigned());
        _table = new long[directory.Count(1 << 20)];
        for (var i = 0; i < _table.Length; i++) _table[i] = (long)directory.Unsigned() + (i == 0 ? 0 : _table[i - 1]);
        Count = directory.Count(1 << 28);
        var blocks = new DirectoryReader(directory.Bytes());
        _offsets = new long[Count];
        _least = new long[Count];
        _greatest = new long[Count];
        for (var i = 0; i < Count; i++)
        {
            var length = (long)blocks.Unsigned();
            _offsets[i] = length == 0 ? -1 : start;
            start += length;
            if (length == 0) continue;
            var least = blocks.Signed();
            _least[i] = Grow(least);
            _greatest[i] = Grow(least + (long)blocks.Unsigned());
        }
    }

    /// <summary>Number of blocks.</summary>
    public int Count { get; }

    /// <summary>The least and greatest integer of a block; null where it is empty.</summary>
    public (long Least, long Greatest)? Range(int block) => _offsets[block] < 0 ? null : (_least[block], _greatest[block]);

    /// <summary>The least and greatest integer of all; null where there are none.</summary>
    public (long Least, long Greatest)? Range()
    {
        (long Least, long Greatest)? all = null;
        for (var i = 0; i < Count; i++)
        {
            if (Range(i) is not { } range) continue;
            all = all is { } known ? (Math.Min(known.Least, range.Least), Math.Max(known.Greatest, range.Greatest)) : range;
        }

        return all;
    }

    /// <summary>Number of integers in a block.</summary>
    public unsafe int CountOf(byte* region, int block) => _offsets[block] < 0 ? 0 : IntegerBlock.Count(region + _offsets[block]);

    /// <summary>One integer of a block.</summary>
    public unsafe long Get(byte* region, int block, int index) => Grow(IntegerBlock.Get(region + _offsets[block], index));

    /// <summary>All integers of a block; <paramref name="target"/> is as long as there are.</summary>
    public unsafe void Read(byte* region, int block, Span<long> target)
    {
        if (_offsets[block] < 0) return;
        IntegerBlock.Read(region + _offsets[block], target, _table.Length > 0 ? IntegerScale.None : _scale);
        if (_table.Length > 0)
            foreach (ref var value in target) value = _table[value];
    }

    /// <summary>All integers of a block that are ints.</summary>
    public unsafe void Read(byte* region, int block, Span<int> target)
    {
        if (_offsets[block] < 0) return;
        IntegerBlock.Read(region + _offsets[block], target);
        if (_table.Length > 0)
        {
            foreach (ref var value in target) value = (int)_table[value];
        }
        else if (_scale != IntegerScale.None)
        {
            var (start, step) = ((int)_scale.Base, (int)_scale.Divisor);
            foreach (ref var value in target) value = start + (value * step);
        }
    }

    private long Grow(long value) => _table.Length > 0 ? _table[value] : _scale.Grow(value);
}
