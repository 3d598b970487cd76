using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_sign</c>: -1, 0 or 1 by the sign of each number of an array.</summary>
internal static class SeriesSign
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_sign", 2, "-1, 0 or 1 by the sign of each number of an array.")
        .On((object series) => series is object?[] items ? (object?)Array.ConvertAll(items, Sign) : null);

    private static object? Sign(object? item) => item is long or double or decimal && DynamicValue.Real(item) is { } number && !double.IsNaN(number) ? (long)Math.Sign(number) : null;
}
