using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_subtract</c>: the differences of two arrays' numbers, place by place.</summary>
internal static class SeriesSubtract
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_subtract", 2, "The differences of two arrays' numbers, place by place.")
        .Row(KqlType.Dynamic, [null, null], row => SeriesMath.Pairs(row, (a, b) => a - b));
}
