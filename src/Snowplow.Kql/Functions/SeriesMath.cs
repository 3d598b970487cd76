using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>Arithmetic of arrays, place by place; null where a side has no number.</summary>
internal static class SeriesMath
{
    /// <summary>A function of the numbers of two arrays; a scalar counts for all places. Whole numbers give whole numbers where the result is one.</summary>
    public static object?[]? Pairs(object?[] row, Func<double, double, double> f)
    {
        return Zip(row, (a, b) =>
        {
            if (!IsNumber(a) || !IsNumber(b)) return null;
            return f(DynamicValue.Real(a)!.Value, DynamicValue.Real(b)!.Value);
        });
    }

    /// <summary>A test of the order of the numbers of two arrays.</summary>
    public static object?[]? Test(object?[] row, Func<int, bool> test) => Zip(row, (a, b) => IsNumber(a) && IsNumber(b) ? test(DynamicValue.Compare(DynamicValue.Of(a), DynamicValue.Of(b))!.Value) : null);

    /// <summary>A function of each number.</summary>
    public static object? Each(object series, Func<double, double?> f) =>
        series is object?[] items ? items.Select(item => item is long or double or decimal ? (object?)f(DynamicValue.Real(item)!.Value) : null).ToArray() : null;

    /// <summary>A function of each number.</summary>
    public static object? Each(object series, Func<double, double> f) => Each(series, value => (double?)f(value));

    /// <summary>
    /// Statistics of an array's numbers, of a sample; null where it has none. What is no finite number makes all of them null, or is left out.
    /// </summary>
    public static Bag? Stats(object? series, bool ignoresNonfinite)
    {
        if (series is not object?[] items) return null;
        var numbers = items.Select((item, place) => (Value: IsNumber(item) ? DynamicValue.Real(item)!.Value : double.NaN, Place: place)).Where(number => double.IsFinite(number.Value)).ToList();
        if (numbers.Count == 0 || (!ignoresNonfinite && numbers.Count < items.Length)) return null;
        var least = numbers.MinBy(number => number.Value);
        var greatest = numbers.MaxBy(number => number.Value);
        var mean = numbers.Average(number => number.Value);
        var variance = numbers.Count < 2 ? 0 : numbers.Sum(number => (number.Value - mean) * (number.Value - mean)) / (numbers.Count - 1);
        return new Bag
        {
            ["min"] = least.Value, ["min_idx"] = (long)least.Place, ["max"] = greatest.Value, ["max_idx"] = (long)greatest.Place, ["avg"] = mean,
            ["stdev"] = Math.Sqrt(variance), ["variance"] = variance, ["sum"] = numbers.Sum(number => number.Value), ["len"] = (long)items.Length,
        };
    }

    /// <summary>The Fourier transform of an array of real parts and one of imaginary parts, or back; null where they have other items than finite numbers or not as many.</summary>
    public static object?[]? Transform(object? real, object? imaginary, bool isBack)
    {
        if (SeriesNumbers.AllOf(real) is not { } a) return null;
        var b = imaginary is null ? new double[a.Length] : SeriesNumbers.AllOf(imaginary);
        if (b?.Length != a.Length) return null;
        Fourier.Transform(a, b, isBack);
        return [SeriesNumbers.ToArray(a), SeriesNumbers.ToArray(b)];
    }

    private static bool IsNumber(object? value) => value is long or double or decimal or int;

    private static object?[]? Zip(object?[] row, Func<object?, object?, object?> f)
    {
        if (row[0] is null || row[1] is null || (row[0] is not object?[] && row[1] is not object?[])) return null;
        var length = Math.Max((row[0] as object?[])?.Length ?? 0, (row[1] as object?[])?.Length ?? 0);
        return [.. Enumerable.Range(0, length).Select(i => f(Item(row[0], i), Item(row[1], i)))];
    }

    private static object? Item(object? side, int place) => side is object?[] items ? (place < items.Length ? items[place] : null) : DynamicValue.Of(side);
}
