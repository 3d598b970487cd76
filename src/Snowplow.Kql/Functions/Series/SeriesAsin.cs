using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_asin</c>: the angle of each number of an array, a sine; null beyond -1 to 1.</summary>
internal static class SeriesAsin
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_asin", 2, "The angle of each number of an array, a sine; null beyond -1 to 1.")
        .On((object series) => SeriesMath.Each(series, value => value is >= -1 and <= 1 ? Math.Asin(value) : null));
}
