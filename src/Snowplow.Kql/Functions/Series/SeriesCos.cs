using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_cos</c>: the cosine of each number of an array, an angle in radians.</summary>
internal static class SeriesCos
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_cos", 2, "The cosine of each number of an array, an angle in radians.")
        .On((object series) => SeriesMath.Each(series, Math.Cos));
}
