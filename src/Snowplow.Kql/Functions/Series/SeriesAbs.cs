using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_abs</c>: each number of an array without its sign.</summary>
internal static class SeriesAbs
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_abs", 2, "Each number of an array without its sign.")
        .On((object series) => SeriesMath.Each(series, Math.Abs));
}
