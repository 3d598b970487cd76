using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_stats</c>: least, greatest, mean, deviation and variance of an array's numbers; each a column.</summary>
internal static class SeriesStats
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_stats", 2, "Least, greatest, mean, deviation and variance of an array's numbers; each a column.")
        .On((object series) => SeriesMath.Stats(series) is { } stats ? (object)stats.Values.Take(7).ToArray() : null);
}
