using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_greater_equals</c>: whether the first array's numbers are not less, place by place.</summary>
internal static class SeriesGreaterEquals
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_greater_equals", 2, "Whether the first array's numbers are not less, place by place.")
        .Row(KqlType.Dynamic, [null, null], row => SeriesMath.Test(row, order => order >= 0));
}
