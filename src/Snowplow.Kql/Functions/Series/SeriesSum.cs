using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_sum</c>: the sum of an array's numbers.</summary>
internal static class SeriesSum
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_sum", 2, "The sum of an array's numbers.")
        .Try(double? (object series) => series is object?[] items ? items.Sum(item => DynamicValue.Real(item) ?? 0) : null);
}
