namespace Snowplow.Warehouse.Extents.Integers;

/// <summary>What decides the form of a block of integers.</summary>
/// <param name="Least">The least integer.</param>
/// <param name="Width">Bits of what the integers are above the least.</param>
/// <param name="LeastDelta">The least difference to the integer before.</param>
/// <param name="DeltaWidth">Bits of what the differences are above the least; 64 where they do not fit.</param>
/// <param name="Runs">Number of runs of equal integers.</param>
internal readonly record struct BlockFacts(long Least, int Width, long LeastDelta, int DeltaWidth, int Runs)
{
    /// <summary>The facts of at least one integer.</summary>
    public static BlockFacts Of(ReadOnlySpan<long> values)
    {
        var (least, greatest) = (values[0], values[0]);
        var (leastDelta, greatestDelta) = (long.MaxValue, long.MinValue);
        var runs = 1;
        for (var i = 1; i < values.Length; i++)
        {
            var value = values[i];
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
            var delta = value - values[i - 1];
            leastDelta = Math.Min(leastDelta, delta);
            greatestDelta = Math.Max(greatestDelta, delta);
            if (delta != 0) runs++;
        }

        if (values.Length == 1) (leastDelta, greatestDelta) = (0, 0);
        // All of it is modulo 2^64: differences that overflow come back right, they are only wide.
        return new BlockFacts(least, BitPacking.WidthOf((ulong)(greatest - least)), leastDelta, BitPacking.WidthOf((ulong)(greatestDelta - leastDelta)), runs);
    }
}
