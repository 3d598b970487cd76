using System.Numerics;
using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Extents.Columns;

/// <summary>Brings values that are stored without gaps to the rows that have one.</summary>
internal static class Spread
{
    /// <summary>A column of the rows of a block.</summary>
    /// <param name="type">The type of the column.</param>
    /// <param name="values">The values one after the other, and room for one a row; belongs to the column from now on.</param>
    /// <param name="count">Number of values.</param>
    /// <param name="valid">A bit for each row with a value; null where all have one.</param>
    public static Column Rows<T>(KqlType type, T[] values, int count, ulong[]? valid)
        where T : unmanaged
    {
        if (valid is null) return new ValueColumn<T>(type, values);
        // From the last one on, so that none is written over before it was moved.
        var end = values.Length;
        for (var word = valid.Length - 1; word >= 0; word--)
        {
            for (var bits = valid[word]; bits != 0;)
            {
                var bit = 63 - BitOperations.LeadingZeroCount(bits);
                bits ^= 1UL << bit;
                var row = (word << 6) + bit;
                if (row >= end) continue;
                values.AsSpan(row + 1, end - row - 1).Clear();
                values[row] = values[--count];
                end = row;
            }
        }

        values.AsSpan(0, end).Clear();
        return new ValueColumn<T>(type, values, new Bitmap(valid, values.Length));
    }
}
