using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_not_equals</c>: whether two arrays' items differ, place by place.</summary>
internal static class SeriesNotEquals
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_not_equals", 2, "Whether two arrays' items differ, place by place.")
        .Row(KqlType.Dynamic, [null, null], row => SeriesMath.Test(row, order => order != 0));
}
