using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_divide</c>: the quotients of two arrays' numbers, place by place.</summary>
internal static class SeriesDivide
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_divide", 2, "The quotients of two arrays' numbers, place by place.")
        .Row(KqlType.Dynamic, [null, null], row => SeriesMath.Pairs(row, (a, b) => a / b));
}
