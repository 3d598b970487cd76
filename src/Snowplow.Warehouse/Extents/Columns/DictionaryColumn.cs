using System.Runtime.CompilerServices;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Integers;
using Snowplow.Warehouse.Extents.Texts;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>
/// A column of strings or JSON texts of which many are the same: a dictionary of all that differ, in the order of their first appearance, and for each row
/// that is not empty its place there. The directory: <see cref="Validity"/>, the places' <see cref="IntegerBlocks"/>, the dictionary's <see cref="TextGroup"/>.
/// </summary>
internal sealed unsafe class DictionaryColumn : StoredColumn
{
    private readonly KqlType _type;
    private readonly Validity _validity;
    private readonly IntegerBlocks _codes;
    private readonly TextGroup _dictionary;
    private readonly PoolSlot _slot = new();
    private readonly ConditionalWeakTable<TextTest, int[]> _passing = [];

    /// <summary>Reads the directory.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public DictionaryColumn(KqlType type, ref DirectoryReader directory)
    {
        var start = 0L;
        _type = type;
        _validity = new Validity(ref directory, ref start);
        _codes = new IntegerBlocks(ref directory, ref start);
        _dictionary = new TextGroup(ref directory, ref start);
    }

    /// <summary>Writes the column and its directory.</summary>
    public static void Write(RegionWriter region, DirectoryWriter directory, Entries<int> codes, StringPool dictionary)
    {
        Validity.Write(region, directory, codes.Valid, codes.RowCount);
        using var places = codes.Select(code => (long)code);
        IntegerBlocksWriter.Write(region, directory, places);
        TextGroup.Write(region, directory, dictionary);
    }

    public override Column Read(byte* region, int block, int rows)
    {
        var pool = Pool(region);
        var codes = GC.AllocateUninitializedArray<int>(rows);
        var count = _codes.CountOf(region, block);
        _codes.Read(region, block, codes.AsSpan(0, count));
        var texts = new StringColumn(pool, EntryCodes.Spread(codes, count, _validity.Read(region, block, rows), _dictionary.Count));
        return _type == KqlType.Dynamic ? new DynamicColumn(texts) : texts;
    }

    // The dictionary tells what passes, and the least and greatest place whether the block may have some of that.
    public override bool MayHold(byte* region, TextTest test, int block, int rows)
    {
        var range = _codes.Range(block);
        if (test.PassesEmpty && _codes.CountOf(region, block) < rows) return true;
        if (range is not { } held) return false;
        if (!_passing.TryGetValue(test, out var passing)) _passing.AddOrUpdate(test, passing = Passing(Pool(region), test));
        return passing[held.Greatest + 1] > passing[held.Least];
    }

    // For each place how many strings before it pass.
    private int[] Passing(StringPool pool, TextTest test)
    {
        var passing = new int[_dictionary.Count + 1];
        var hashes = new TermHashes();
        for (var i = 0; i < _dictionary.Count; i++) passing[i + 1] = passing[i] + (test.Passes(pool[i], _type == KqlType.Dynamic, hashes) ? 1 : 0);
        return passing;
    }

    // The empty string is the last of the pool, for the rows that have none.
    private StringPool Pool(byte* region)
    {
        if (_slot.Pool is { } known) return known;
        lock (_slot)
        {
            if (_slot.Pool is { } read) return read;
            var pool = _dictionary.Read(region, isDistinct: true);
            PoolCache.Shared.Keep(_slot, pool);
            return pool;
        }
    }
}
