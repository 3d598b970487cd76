using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_equals</c>: whether two arrays' items are equal, place by place.</summary>
internal static class SeriesEquals
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_equals", 2, "Whether two arrays' items are equal, place by place.")
        .Row(KqlType.Dynamic, [null, null], row => SeriesMath.Test(row, order => order == 0));
}
