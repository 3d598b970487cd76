using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_stats_dynamic</c>: least, greatest, mean, deviation, variance, sum and length of an array's numbers, in a bag.</summary>
internal static class SeriesStatsDynamic
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_stats_dynamic", 2, "Least, greatest, mean, deviation, variance, sum and length of an array's numbers, in a bag.")
        .On((object series) => (object?)SeriesMath.Stats(series));
}
