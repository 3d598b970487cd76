namespace Snowplow.Warehouse.Extents.Integers;

/// <summary>Integers as multiples of what divides all differences between them, counted from the least: milliseconds in ticks become small.</summary>
/// <param name="Base">What is 0.</param>
/// <param name="Divisor">What is 1; never 0.</param>
internal readonly record struct IntegerScale(long Base, long Divisor)
{
    /// <summary>Integers as they are.</summary>
    public static IntegerScale None { get; } = new(0, 1);

    /// <summary>The scale of these integers.</summary>
    public static IntegerScale Of(ReadOnlySpan<long> values)
    {
        if (values.IsEmpty) return None;
        var (least, greatest) = (values[0], values[0]);
        foreach (var value in values)
        {
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
        }

        // Differences that are no long have no scale; blocks are modulo 2^64.
        if (greatest - least < 0) return None;
        var divisor = 0L;
        foreach (var value in values)
        {
            divisor = GreatestCommonDivisor(divisor, value - least);
            if (divisor == 1) break;
        }

        return new IntegerScale(least, Math.Max(1, divisor));
    }

    /// <summary>A value in multiples.</summary>
    public long Shrink(long value) => Divisor == 1 ? value - Base : (value - Base) / Divisor;

    /// <summary>A number of multiples as the value.</summary>
    public long Grow(long value) => Base + (value * Divisor);

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (a != 0) (a, b) = (b % a, a);
        return b;
    }
}
