using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Integers;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>
/// A column of reals: whole multiples of a power of ten where all of them are exactly such, else their bits in the order of the numbers. The directory:
/// decimal places and one, or 0 for bits; then as of integers.
/// </summary>
internal sealed unsafe class RealsColumn : StoredColumn
{
    private const int MostPlaces = 9;
    private static readonly double[] Tens = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

    private readonly int _places;
    private readonly Validity _validity;
    private readonly IntegerBlocks _integers;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public RealsColumn(ref DirectoryReader directory)
    {
        var start = 0L;
        _places = directory.Count(MostPlaces + 1) - 1;
        _validity = new Validity(ref directory, ref start);
        _integers = new IntegerBlocks(ref directory, ref start);
    }

    // A NaN is in the order of bits, but in none of numbers.
    public override (object Least, object Greatest)? Range =>
        _integers.Range() is { } range && Real(range.Least) is var least && Real(range.Greatest) is var greatest && !double.IsNaN(least) && !double.IsNaN(greatest)
            ? (least, greatest)
            : null;

    /// <summary>Writes the column and its directory.</summary>
    public static void Write(RegionWriter region, DirectoryWriter directory, Entries<double> entries)
    {
        var places = PlacesOf(entries.All);
        directory.Unsigned((ulong)(places + 1));
        Validity.Write(region, directory, entries.Valid, entries.RowCount);
        using var integers = entries.Select(value => places < 0 ? Ordered(BitConverter.DoubleToInt64Bits(value)) : (long)Math.Round(value * Tens[places]));
        IntegerBlocksWriter.Write(region, directory, integers);
    }

    public override Column Read(byte* region, int block, int rows)
    {
        var longs = GC.AllocateUninitializedArray<long>(rows);
        var count = _integers.CountOf(region, block);
        _integers.Read(region, block, longs.AsSpan(0, count));
        var reals = GC.AllocateUninitializedArray<double>(rows);
        if (_places >= 0)
        {
            var ten = Tens[_places];
            for (var i = 0; i < count; i++) reals[i] = longs[i] / ten;
        }
        else
        {
            for (var i = 0; i < count; i++) reals[i] = BitConverter.Int64BitsToDouble(Ordered(longs[i]));
        }

        return Spread.Rows(KqlType.Real, reals, count, _validity.Read(region, block, rows));
    }

    // Comparisons with a NaN that stands at an end are false, so that the block stays.
    public override bool MayHold(byte* region, ColumnRange range, int block) =>
        _integers.Range(block) is { } held && RangeTest.MayHold(range, Real(held.Least), Real(held.Greatest));

    private static int PlacesOf(ReadOnlySpan<double> values)
    {
        var places = 0;
        foreach (var value in values)
        {
            while (!IsExact(value, places))
                if (++places > MostPlaces) return -1;
        }

        // What was exact with fewer places need not be with more.
        foreach (var value in values)
            if (!IsExact(value, places)) return -1;
        return places;
    }

    private static bool IsExact(double value, int places)
    {
        var scaled = Math.Round(value * Tens[places]);
        return Math.Abs(scaled) <= 1L << 53 && BitConverter.DoubleToInt64Bits((long)scaled / Tens[places]) == BitConverter.DoubleToInt64Bits(value);
    }

    // Bits of negative numbers the other way round: integers in the order of the reals. Its own inverse.
    private static long Ordered(long bits) => bits ^ ((bits >> 63) & long.MaxValue);

    private double Real(long integer) => _places >= 0 ? integer / Tens[_places] : BitConverter.Int64BitsToDouble(Ordered(integer));
}
