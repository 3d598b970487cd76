using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>Sorts arrays: numbers, then texts, then all else, each kind in order; nulls last, or first.</summary>
internal static class ArrayOrder
{
    /// <summary>The first array in order and the others in the same; an array of arrays where there are several.</summary>
    public static object? Sort(object?[] row, bool isAscending)
    {
        var nullsLast = row[^1] is not false;
        var arrays = row.Where(value => value is not bool).Select(value => value as object?[]).ToArray();
        if (arrays.Length == 0 || arrays[0] is not { } keys) return null;
        var order = Enumerable.Range(0, keys.Length).ToList();
        order = [.. order
            .OrderBy(i => keys[i] is null == nullsLast ? 1 : 0)
            .ThenBy(i => Kind(keys[i]))
            .ThenBy(i => i, Comparer<int>.Create((a, b) => (DynamicValue.Compare(keys[a], keys[b]) ?? 0) * (isAscending ? 1 : -1)))];
        var sorted = arrays.Select(array => (object?)(array?.Length == keys.Length ? order.Select(i => array[i]).ToArray() : null)).ToArray();
        return sorted.Length == 1 ? sorted[0] : sorted;
    }

    private static int Kind(object? value) => value switch { null => 0, long or double or decimal => 1, string => 2, DateTime => 3, TimeSpan => 4, bool => 5, Guid => 6, object?[] => 7, _ => 8 };
}
