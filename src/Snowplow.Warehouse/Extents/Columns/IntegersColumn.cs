using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Integers;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>A column of bools, ints, longs, datetimes or timespans. The directory: <see cref="Validity"/>, <see cref="IntegerBlocks"/>; the region likewise.</summary>
internal sealed unsafe class IntegersColumn : StoredColumn
{
    private readonly KqlType _type;
    private readonly Validity _validity;
    private readonly IntegerBlocks _integers;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public IntegersColumn(KqlType type, ref DirectoryReader directory)
    {
        var start = 0L;
        _type = type;
        _validity = new Validity(ref directory, ref start);
        _integers = new IntegerBlocks(ref directory, ref start);
    }

    public override (object Least, object Greatest)? Range =>
        _integers.Range() is { } range ? (ValueBytes.Boxed(_type, range.Least), ValueBytes.Boxed(_type, range.Greatest)) : null;

    /// <summary>Writes the column and its directory.</summary>
    public static void Write(RegionWriter region, DirectoryWriter directory, Entries<long> entries)
    {
        Validity.Write(region, directory, entries.Valid, entries.RowCount);
        IntegerBlocksWriter.Write(region, directory, entries);
    }

    public override Column Read(byte* region, int block, int rows)
    {
        var valid = _validity.Read(region, block, rows);
        var count = _integers.CountOf(region, block);
        if (_type.IsInt64())
        {
            var longs = GC.AllocateUninitializedArray<long>(rows);
            _integers.Read(region, block, longs.AsSpan(0, count));
            return Spread.Rows(_type, longs, count, valid);
        }

        var ints = GC.AllocateUninitializedArray<int>(rows);
        _integers.Read(region, block, ints.AsSpan(0, count));
        if (_type == KqlType.Int) return Spread.Rows(_type, ints, count, valid);
        var flags = new bool[rows];
        for (var i = 0; i < count; i++) flags[i] = ints[i] != 0;
        return Spread.Rows(_type, flags, count, valid);
    }

    public override bool MayHold(byte* region, ColumnRange range, int block) =>
        _integers.Range(block) is { } held && RangeTest.MayHold(range, held.Least, held.Greatest);

    public override long? Int64At(byte* region, int row)
    {
        var block = row / Batch.Size;
        var index = _validity.IndexOf(region, block, row % Batch.Size);
        return index < 0 ? null : _integers.Get(region, block, index);
    }
}
