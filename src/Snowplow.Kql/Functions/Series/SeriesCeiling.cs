using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_ceiling</c>: each number of an array rounded up.</summary>
internal static class SeriesCeiling
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_ceiling", 2, "Each number of an array rounded up.")
        .On((object series) => SeriesMath.Each(series, Math.Ceiling));
}
