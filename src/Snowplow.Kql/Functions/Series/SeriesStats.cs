using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_stats</c>: least, greatest, mean, deviation and variance of an array's numbers; each a column.</summary>
internal static class SeriesStats
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_stats", 2, "Least, greatest, mean, deviation and variance of an array's numbers; each a column. With true, of the finite ones; else null where there are others.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => Of(row[0], false))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Bool], row => Of(row[0], row[1] is true));

    private static object?[]? Of(object? series, bool ignoresNonfinite) => SeriesMath.Stats(series, ignoresNonfinite)?.Values.Take(7).ToArray();
}
