using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>Arrays as numbers and back. What is no number is NaN among numbers, and null in an array.</summary>
internal static class SeriesNumbers
{
    /// <summary>The numbers of an array; null where the value is none.</summary>
    public static double[]? Of(object? series) =>
        series is object?[] items ? Array.ConvertAll(items, item => item is long or double or decimal ? DynamicValue.Real(item)!.Value : double.NaN) : null;

    /// <summary>The numbers of an array all of whose items are finite ones; null of anything else.</summary>
    public static double[]? AllOf(object? series) => Of(series) is { } numbers && Array.TrueForAll(numbers, double.IsFinite) ? numbers : null;

    /// <summary>An array of numbers.</summary>
    public static object?[] ToArray(double[] numbers) => Array.ConvertAll(numbers, number => double.IsNaN(number) ? null : (object?)number);
}
