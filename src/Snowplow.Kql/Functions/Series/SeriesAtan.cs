using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_atan</c>: the angle of each number of an array, a tangent.</summary>
internal static class SeriesAtan
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_atan", 2, "The angle of each number of an array, a tangent.")
        .On((object series) => SeriesMath.Each(series, Math.Atan));
}
