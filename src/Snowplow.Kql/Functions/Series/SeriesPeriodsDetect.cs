using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_periods_detect</c>: the lengths of the best periods of an array, from a least to a greatest, so many, and their scores from 0 to 1.</summary>
internal static class SeriesPeriodsDetect
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_periods_detect", 2, "The lengths of the best periods of an array, from a least to a greatest, so many, and their scores from 0 to 1; each a column. 0 where there are no more.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Real, KqlType.Real, KqlType.Long], row => Of(row[0], row[1], row[2], row[3]));

    private const int MostPeriods = 16;

    private static object?[]? Of(object? series, object? least, object? most, object? count)
    {
        if (SeriesNumbers.Of(series) is not { } numbers || least is not double from || most is not double to || count is not (long and > 0 and var wanted)) return null;
        if (wanted > MostPeriods) throw new KqlException(KqlErrorKind.Runtime, $"series_periods_detect() gives {MostPeriods} periods at most, not {wanted}");
        var found = Periods.Detect(numbers, from, to, isFlat: false).Take((int)wanted).Concat(Enumerable.Repeat((Period: 0, Score: 0.0), (int)wanted)).Take((int)wanted).ToList();
        return [found.Select(one => (object?)(double)one.Period).ToArray(), found.Select(one => (object?)one.Score).ToArray()];
    }
}
