using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_stats_dynamic</c>: least, greatest, mean, deviation, variance, sum and length of an array's numbers, in a bag.</summary>
internal static class SeriesStatsDynamic
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_stats_dynamic", 2, "Least, greatest, mean, deviation, variance, sum and length of an array's numbers, in a bag. With true, of the finite ones; else null where there are others.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => SeriesMath.Stats(row[0], false))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Bool], row => SeriesMath.Stats(row[0], row[1] is true));
}
