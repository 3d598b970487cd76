using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_floor</c>: each number of an array rounded down.</summary>
internal static class SeriesFloor
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_floor", 2, "Each number of an array rounded down.")
        .On((object series) => SeriesMath.Each(series, Math.Floor));
}
