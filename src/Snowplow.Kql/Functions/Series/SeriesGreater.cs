using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_greater</c>: whether the first array's numbers are greater, place by place.</summary>
internal static class SeriesGreater
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_greater", 2, "Whether the first array's numbers are greater, place by place.")
        .Row(KqlType.Dynamic, [null, null], row => SeriesMath.Test(row, order => order > 0));
}
