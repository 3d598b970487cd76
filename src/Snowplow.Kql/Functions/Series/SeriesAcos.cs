using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_acos</c>: the angle of each number of an array, a cosine; null beyond -1 to 1.</summary>
internal static class SeriesAcos
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_acos", 2, "The angle of each number of an array, a cosine; null beyond -1 to 1.")
        .On((object series) => SeriesMath.Each(series, value => value is >= -1 and <= 1 ? Math.Acos(value) : null));
}
