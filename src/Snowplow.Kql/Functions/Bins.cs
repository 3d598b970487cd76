using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions;

/// <summary>Rounds whole numbers and ticks down to multiples.</summary>
internal static class Bins
{
    /// <summary>The greatest multiple of a size that is not greater; null for sizes that are not positive.</summary>
    public static long? Down(long value, long size)
    {
        if (size <= 0) return null;
        var rest = value % size;
        return value - (rest < 0 ? rest + size : rest);
    }

    /// <summary>The kernel for a type of 64 bits. Neighbours often fall into the same bin, so the last one is tried first.</summary>
    public static Kernel Of(KqlType type) => (arguments, rows, _) =>
    {
        var values = (ValueColumn<long>)arguments[0];
        var sizes = (ValueColumn<long>)arguments[1];
        if (!sizes.IsConstant || values.HasNulls || sizes.HasNulls || sizes[0] <= 0) return ByRow(type, values, sizes, rows);
        var size = sizes[0];
        var source = values.Values;
        var bins = new long[rows];
        var bin = rows == 0 ? 0 : Down(source[0], size)!.Value;
        for (var i = 0; i < rows; i++)
        {
            var value = source[values.IsConstant ? 0 : i];
            if ((ulong)(value - bin) >= (ulong)size) bin = Down(value, size)!.Value;
            bins[i] = bin;
        }

        return new ValueColumn<long>(type, bins);
    };

    private static ValueColumn<long> ByRow(KqlType type, ValueColumn<long> values, ValueColumn<long> sizes, int rows)
    {
        var bins = new long[rows];
        var valid = new Bitmap(rows, true);
        for (var i = 0; i < rows; i++)
        {
            if (!values.IsNull(i) && !sizes.IsNull(i) && Down(values[i], sizes[i]) is { } bin) bins[i] = bin;
            else valid[i] = false;
        }

        return new ValueColumn<long>(type, bins, valid);
    }
}
