using System.Numerics;

namespace Snowplow.Warehouse.Extents;

/// <summary>Which rows of a block may pass a test: a bit a row, the first in the least bit of the first word; null where all may, empty where none may.</summary>
internal static class PassingRows
{
    /// <summary>The rows that may pass two tests.</summary>
    public static ulong[]? Both(ulong[]? a, ulong[]? b)
    {
        if (a is null || b is null) return a ?? b;
        if (a.Length == 0 || b.Length == 0) return [];
        var both = new ulong[a.Length];
        for (var i = 0; i < both.Length; i++) both[i] = a[i] & b[i];
        return both;
    }

    /// <summary>The rows that may pass one of two tests.</summary>
    public static ulong[]? Either(ulong[]? a, ulong[]? b)
    {
        if (a is null || b is null) return null;
        if (a.Length == 0 || b.Length == 0) return a.Length == 0 ? b : a;
        var either = new ulong[a.Length];
        for (var i = 0; i < either.Length; i++) either[i] = a[i] | b[i];
        return either;
    }

    /// <summary>The rows before a number of rows, in order.</summary>
    public static int[] Places(ulong[] passing, int count)
    {
        var places = new List<int>();
        for (var word = 0; word < passing.Length; word++)
        {
            for (var bits = passing[word]; bits != 0; bits &= bits - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(bits);
                if (row < count) places.Add(row);
            }
        }

        return [.. places];
    }
}
