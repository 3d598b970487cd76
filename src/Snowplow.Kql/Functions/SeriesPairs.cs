using Snowplow.Kql.Data;

namespace Snowplow.Kql.Functions;

/// <summary>The numbers of two arrays at the same places.</summary>
internal static class SeriesPairs
{
    /// <summary>The pairs, up to the end of the shorter array, without those of which one is no number; a number counts for all places. Null where an array is empty or neither is one.</summary>
    public static IReadOnlyList<(double A, double B)>? Of(object? first, object? second)
    {
        var (a, b) = (SeriesNumbers.Of(first), SeriesNumbers.Of(second));
        if (a is null && b is null) return null;
        a ??= All(first, b!.Length);
        b ??= All(second, a?.Length ?? 0);
        return a is { Length: > 0 } && b is { Length: > 0 } ? [.. a.Zip(b).Where(pair => !double.IsNaN(pair.First) && !double.IsNaN(pair.Second))] : null;
    }

    private static double[]? All(object? number, int length) => number is int or long or double or decimal ? [.. Enumerable.Repeat(DynamicValue.Real(number)!.Value, length)] : null;
}
