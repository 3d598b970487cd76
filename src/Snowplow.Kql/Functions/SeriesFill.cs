using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>Fills what is missing in arrays: null, or a value that stands for it.</summary>
internal static class SeriesFill
{
    /// <summary>By the value before.</summary>
    public static object?[]? Forward(object? series, object? missing)
    {
        if (series is not object?[] items) return null;
        var filled = (object?[])items.Clone();
        for (var i = 1; i < filled.Length; i++)
            if (IsMissing(filled[i], missing)) filled[i] = filled[i - 1];
        return filled;
    }

    /// <summary>By the value behind.</summary>
    public static object?[]? Backward(object? series, object? missing)
    {
        if (series is not object?[] items) return null;
        var filled = (object?[])items.Clone();
        for (var i = filled.Length - 2; i >= 0; i--)
            if (IsMissing(filled[i], missing)) filled[i] = filled[i + 1];
        return filled;
    }

    /// <summary>By a value.</summary>
    public static object?[]? Constant(object? series, object? value, object? missing) => series is object?[] items ? [.. items.Select(item => IsMissing(item, missing) ? value : item)] : null;

    /// <summary>On lines between numbers, whole ones where all are; at the ends by the nearest one; all by a constant where there is none.</summary>
    public static object?[]? Linear(object? series, object? missing, bool fillsEdges, object? constant)
    {
        if (series is not object?[] items) return null;
        var known = Enumerable.Range(0, items.Length).Where(i => !IsMissing(items[i], missing) && items[i] is long or double or decimal).ToList();
        if (known.Count == 0) return [.. items.Select(item => IsMissing(item, missing) ? constant : item)];
        var isWhole = known.TrueForAll(i => items[i] is long);
        var filled = (object?[])items.Clone();
        var after = 0;
        for (var i = 0; i < filled.Length; i++)
        {
            if (!IsMissing(filled[i], missing)) continue;
            while (after < known.Count && known[after] < i) after++;
            if (after == 0 || after == known.Count)
            {
                if (fillsEdges) filled[i] = items[after == 0 ? known[0] : known[^1]];
                continue;
            }

            var (a, b) = (known[after - 1], known[after]);
            var (low, high) = (DynamicValue.Real(items[a])!.Value, DynamicValue.Real(items[b])!.Value);
            var value = low + ((high - low) * (i - a) / (b - a));
            filled[i] = isWhole ? (object)(long)value : value;
        }

        return filled;
    }

    private static bool IsMissing(object? item, object? missing) => item is null || (missing is not null && DynamicValue.AreEqual(item, missing));
}
