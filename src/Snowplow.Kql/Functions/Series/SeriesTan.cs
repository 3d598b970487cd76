using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_tan</c>: the tangent of each number of an array, an angle in radians.</summary>
internal static class SeriesTan
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_tan", 2, "The tangent of each number of an array, an angle in radians.")
        .On((object series) => SeriesMath.Each(series, Math.Tan));
}
