using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_exp</c>: e to the power of each number of an array.</summary>
internal static class SeriesExp
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_exp", 2, "e to the power of each number of an array.")
        .On((object series) => SeriesMath.Each(series, Math.Exp));
}
