using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_periods_validate</c>: periods and their scores in an array, from 0 to 1; each a column. 0 for one below 4 or above half of the array.</summary>
internal static class SeriesPeriodsValidate
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_periods_validate", 2, "Periods and their scores in an array, from 0 to 1; each a column. 0 for one below 4 or above half of the array.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Real], row => Of(row[0], row[1..]), isVariadic: true);

    private const int MostPeriods = 16;

    private static object?[]? Of(object? series, object?[] periods)
    {
        if (periods.Length > MostPeriods) throw new KqlException(KqlErrorKind.Runtime, $"series_periods_validate() takes {MostPeriods} periods at most, not {periods.Length}");
        return SeriesNumbers.Of(series) is { } numbers
            ? [periods, SeriesNumbers.ToArray(Periods.Validate(numbers, periods.Select(period => period as double? ?? 0)))]
            : null;
    }
}
