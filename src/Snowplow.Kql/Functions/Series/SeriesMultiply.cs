using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_multiply</c>: the products of two arrays' numbers, place by place.</summary>
internal static class SeriesMultiply
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_multiply", 2, "The products of two arrays' numbers, place by place.")
        .Row(KqlType.Dynamic, [null, null], row => SeriesMath.Pairs(row, (a, b) => a * b));
}
