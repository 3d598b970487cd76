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
    private Sought? _sought;

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
        IntegerBlocksWriter.Write(region, directory, codes.Select(code => (long)code));
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

    public override bool MayHold(byte* region, ColumnRange range, int block)
    {
        if (range.Least is not string text || !text.Equals(range.Greatest) || text.Length == 0) return true;
        var sought = _sought;
        if (sought?.Text != text) _sought = sought = new Sought(text, CodeOf(Pool(region), text));
        return sought.Code >= 0 && _codes.Range(block) is { } held && sought.Code >= held.Least && sought.Code <= held.Greatest;
    }

    private static int CodeOf(StringPool pool, string text)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < pool.Count; i++)
            if (pool[i].SequenceEqual(utf8)) return i;
        return -1;
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

    // The text that was sought last, since a scan asks for it in each block.
    private sealed record Sought(string Text, int Code);
}
