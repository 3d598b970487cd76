using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_log</c>: the natural logarithm of each number of an array.</summary>
internal static class SeriesLog
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_log", 2, "The natural logarithm of each number of an array.")
        .On((object series) => SeriesMath.Each(series, value => value > 0 ? Math.Log(value) : null));
}
