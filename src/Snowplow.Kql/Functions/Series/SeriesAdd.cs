using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_add</c>: the sums of two arrays' numbers, place by place.</summary>
internal static class SeriesAdd
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_add", 2, "The sums of two arrays' numbers, place by place.")
        .Row(KqlType.Dynamic, [null, null], row => SeriesMath.Pairs(row, (a, b) => a + b));
}
