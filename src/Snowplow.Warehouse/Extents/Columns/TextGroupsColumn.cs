using System.Numerics;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Texts;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>
/// A column of strings or JSON texts most of which differ, compressed in groups of some bytes, each a part of a block or whole blocks. The directory:
/// count of blocks, for each the count of its strings that are not empty and of the groups that begin in it (none where it is in the one before it); for each
/// group its <see cref="TextGroup"/>, what its least and its greatest string begin with, and the bytes of its <see cref="TermFilter"/>; then
/// <see cref="Validity"/>. The region: for each group its strings and its filter, then which rows have one.
/// </summary>
internal sealed unsafe class TextGroupsColumn : StoredColumn
{
    private readonly KqlType _type;
    private readonly Validity _validity;
    private readonly Group[] _groups;
    private readonly Block[] _blocks;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public TextGroupsColumn(KqlType type, ref DirectoryReader directory)
    {
        _type = type;
        _blocks = new Block[directory.Count(1 << 20)];
        var (groups, first) = (0, 0);
        for (var i = 0; i < _blocks.Length; i++)
        {
            var (strings, begun) = (directory.Count(1 << 20), directory.Count(1 << 20));
            if (begun == 0 && i == 0) throw new InvalidDataException("a block is in no group");
            first = begun == 0 ? first : 0;
            groups += begun;
            _blocks[i] = new Block(groups - Math.Max(1, begun), Math.Max(1, begun), first, strings, new PoolSlot());
            first += strings;
        }

        _groups = new Group[groups];
        var start = 0L;
        for (var i = 0; i < _groups.Length; i++)
        {
            var texts = new TextGroup(ref directory, ref start);
            var (least, greatest, filter) = (directory.Bytes().ToArray(), directory.Bytes().ToArray(), directory.Count());
            _groups[i] = new Group(texts, least, greatest, start, filter, new PoolSlot());
            start += filter;
        }

        _validity = new Validity(ref directory, ref start);
    }

    public override Column Read(byte* region, int block, int rows)
    {
        var (first, count, valid) = (_blocks[block].First, _blocks[block].Count, _validity.Read(region, block, rows));
        var pool = _blocks[block].Groups == 1 ? Pool(region, _groups[_blocks[block].Group]) : Pool(region, _blocks[block]);
        return Typed(new StringColumn(pool, EntryCodes.Of(first, count, rows, valid, pool.Count - 1)));
    }

    public override Column? ReadRows(byte* region, int block, int rows, ReadOnlySpan<int> wanted)
    {
        // What is in memory, or wanted for the most part, is read as it is.
        if (_blocks[block].Groups == 1 || wanted.Length * 2 > rows || _blocks[block].Slot.Pool is not null) return null;
        var ordinals = Ordinals(_validity.Read(region, block, rows), wanted);
        var pools = new StringPool?[_blocks[block].Groups];
        var (places, size) = (new (int Group, int Index)[wanted.Length], 0);
        for (var i = 0; i < places.Length; i++)
        {
            if (ordinals[i] < 0)
            {
                places[i].Group = -1;
                continue;
            }

            var (group, index) = (0, ordinals[i]);
            while (index >= Of(block, group).Texts.Count) index -= Of(block, group++).Texts.Count;
            places[i] = (group, index);
            size = checked(size + (pools[group] ??= Pool(region, Of(block, group)))[index].Length);
        }

        var (bytes, ends, codes, at) = (new byte[size], new int[places.Length], new int[places.Length], 0);
        for (var i = 0; i < places.Length; i++)
        {
            var text = places[i].Group < 0 ? [] : pools[places[i].Group]![places[i].Index];
            text.CopyTo(bytes.AsSpan(at));
            ends[i] = at += text.Length;
            codes[i] = i;
        }

        return Typed(new StringColumn(new StringPool(bytes, ends, isDistinct: false), codes));
    }

    public override bool MayHold(byte* region, TextTest test, int block, int rows)
    {
        if (test.PassesEmpty && _blocks[block].Count < rows) return true;
        for (var i = 0; i < _blocks[block].Groups; i++)
            if (MayHold(region, test, Of(block, i))) return true;
        return false;
    }

    public override ulong[]? Passing(byte* region, TextTest test, int block, int rows)
    {
        var (groups, may) = (_blocks[block].Groups, 0);
        var holds = new bool[groups];
        for (var i = 0; i < groups; i++)
            if (holds[i] = MayHold(region, test, Of(block, i))) may++;
        if (may == groups) return null;
        if (may == 0 && !test.PassesEmpty) return [];
        // Where few groups have the terms, which of their texts have them is found in less time than to read those as dynamic values.
        var isExact = _type == KqlType.Dynamic && may * 2 < groups;
        var (valid, passing, group, index, hashes) = (_validity.Read(region, block, rows), new ulong[(rows + 63) / 64], 0, groups == 1 ? _blocks[block].First : 0, new TermHashes());
        for (var row = 0; row < rows; row++)
        {
            var hasText = valid is null || (valid[row >> 6] >> (row & 63) & 1) != 0;
            if (hasText && index == Of(block, group).Texts.Count) (group, index) = (group + 1, 0);
            var passes = hasText ? holds[group] && (!isExact || test.Passes(Pool(region, Of(block, group))[index], isJson: true, hashes)) : test.PassesEmpty;
            if (hasText) index++;
            if (passes) passing[row >> 6] |= 1UL << (row & 63);
        }

        return passing;
    }

    private Group Of(int block, int group) => _groups[_blocks[block].Group + group];

    private static bool MayHold(byte* region, TextTest test, Group group)
    {
        var filter = new ReadOnlySpan<byte>(region + group.FilterStart, group.FilterBytes);
        foreach (var pattern in test.Patterns)
        {
            if (!pattern.PassesBetween(group.Least, group.Greatest)) continue;
            var may = true;
            foreach (var hash in pattern.Hashes) may = may && TermFilter.MayHold(filter, hash);
            if (may) return true;
        }

        return false;
    }

    // For each wanted row which of the block's strings it has; negative where it has none.
    private static int[] Ordinals(ulong[]? valid, ReadOnlySpan<int> wanted)
    {
        var ordinals = wanted.ToArray();
        if (valid is null) return ordinals;
        var before = new int[valid.Length];
        for (var i = 1; i < before.Length; i++) before[i] = before[i - 1] + BitOperations.PopCount(valid[i - 1]);
        foreach (ref var row in ordinals.AsSpan())
        {
            var (word, bit) = (valid[row >> 6], row & 63);
            row = (word >> bit & 1) == 0 ? -1 : before[row >> 6] + BitOperations.PopCount(word & ((1UL << bit) - 1));
        }

        return ordinals;
    }

    private Column Typed(StringColumn texts) => _type == KqlType.Dynamic ? new DynamicColumn(texts) : texts;

    private static StringPool Pool(byte* region, Group group)
    {
        if (group.Slot.Pool is { } known) return known;
        lock (group.Slot)
        {
            if (group.Slot.Pool is { } read) return read;
            var pool = group.Texts.Read(region, isDistinct: false);
            PoolCache.Shared.Keep(group.Slot, pool);
            return pool;
        }
    }

    // All groups of a block in one.
    private StringPool Pool(byte* region, Block block)
    {
        if (block.Slot.Pool is { } known) return known;
        lock (block.Slot)
        {
            if (block.Slot.Pool is { } read) return read;
            var pool = TextGroup.Read(region, [.. _groups.AsSpan(block.Group, block.Groups).ToArray().Select(group => group.Texts)]);
            PoolCache.Shared.Keep(block.Slot, pool);
            return pool;
        }
    }

    private sealed record Block(int Group, int Groups, int First, int Count, PoolSlot Slot);

    private sealed record Group(TextGroup Texts, byte[] Least, byte[] Greatest, long FilterStart, int FilterBytes, PoolSlot Slot);
}
