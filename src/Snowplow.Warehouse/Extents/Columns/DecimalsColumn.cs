using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents.Integers;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>
/// A column of decimals with the decimal places that each has: 1.10 stays 1.10. The integers without the point are in two halves. The directory:
/// validity, upper halves, lower halves, places (with the sign in the lowest bit).
/// </summary>
internal sealed unsafe class DecimalsColumn : StoredColumn
{
    private readonly Validity _validity;
    private readonly IntegerBlocks _upper;
    private readonly IntegerBlocks _lower;
    private readonly IntegerBlocks _places;

    /// <summary>Reads the directory.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    public DecimalsColumn(ref DirectoryReader directory)
    {
        var start = 0L;
        _validity = new Validity(ref directory, ref start);
        _upper = new IntegerBlocks(ref directory, ref start);
        _lower = new IntegerBlocks(ref directory, ref start);
        _places = new IntegerBlocks(ref directory, ref start);
    }

    /// <summary>Writes the column and its directory.</summary>
    public static void Write(RegionWriter region, DirectoryWriter directory, Entries<decimal> entries)
    {
        Validity.Write(region, directory, entries.Valid, entries.RowCount);
        using var bits = entries.Select(BitsOf);
        using var upper = bits.Select(parts => (long)(uint)parts.High);
        using var lower = bits.Select(parts => ((long)parts.Middle << 32) | (uint)parts.Low);
        using var places = bits.Select(parts => (long)((parts.Flags >> 16 & 0xFF) << 1) | (parts.Flags < 0 ? 1L : 0));
        IntegerBlocksWriter.Write(region, directory, upper);
        IntegerBlocksWriter.Write(region, directory, lower);
        IntegerBlocksWriter.Write(region, directory, places);
    }

    public override Column Read(byte* region, int block, int rows)
    {
        var count = _lower.CountOf(region, block);
        var upper = new long[count];
        var lower = new long[count];
        var places = new int[count];
        _upper.Read(region, block, upper);
        _lower.Read(region, block, lower);
        _places.Read(region, block, places);
        var decimals = new decimal[rows];
        for (var i = 0; i < count; i++) decimals[i] = new decimal((int)lower[i], (int)(lower[i] >> 32), (int)upper[i], (places[i] & 1) != 0, (byte)(places[i] >> 1));
        return Spread.Rows(KqlType.Decimal, decimals, count, _validity.Read(region, block, rows));
    }

    private static (int Low, int Middle, int High, int Flags) BitsOf(decimal value)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
        return (parts[0], parts[1], parts[2], parts[3]);
    }
}
