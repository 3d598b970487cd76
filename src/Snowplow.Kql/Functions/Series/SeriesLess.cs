using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_less</c>: whether the first array's numbers are less, place by place.</summary>
internal static class SeriesLess
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_less", 2, "Whether the first array's numbers are less, place by place.")
        .Row(KqlType.Dynamic, [null, null], row => SeriesMath.Test(row, order => order < 0));
}
