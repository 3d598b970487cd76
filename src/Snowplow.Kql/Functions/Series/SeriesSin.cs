using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_sin</c>: the sine of each number of an array, an angle in radians.</summary>
internal static class SeriesSin
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_sin", 2, "The sine of each number of an array, an angle in radians.")
        .On((object series) => SeriesMath.Each(series, Math.Sin));
}
