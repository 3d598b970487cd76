using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_pow</c>: the powers of two arrays' numbers, place by place.</summary>
internal static class SeriesPow
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_pow", 2, "The powers of two arrays' numbers, place by place.")
        .Row(KqlType.Dynamic, [null, null], row => SeriesMath.Pairs(row, Math.Pow));
}
