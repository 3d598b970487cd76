using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_outliers</c>: scores of outliers by Tukey's test, beyond 1.5 or -1.5 for one: 'ctukey', of the percentiles 10 and 90 or others, or 'tukey', of 25 and 75.</summary>
internal static class SeriesOutliers
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_outliers", 2, "Scores of outliers by Tukey's test, beyond 1.5 or -1.5 for one: 'ctukey', of the percentiles 10 and 90 or others, or 'tukey', of 25 and 75.")
        .NamedBy(NameRule.FirstArgument)
        .Row(KqlType.Dynamic, [KqlType.Dynamic], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.String], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.String, KqlType.Real], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.String, KqlType.Real, KqlType.Real], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.String, KqlType.Real, KqlType.Real, KqlType.Real], Of)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.String, KqlType.Real, KqlType.Real, KqlType.Real, KqlType.Long], Of);

    private static object? Of(object?[] row)
    {
        if (SeriesNumbers.Of(row[0]) is not { } numbers) return null;
        if (row.ElementAtOrDefault(2) is double ignored) numbers = Array.ConvertAll(numbers, number => number == ignored ? double.NaN : number);
        var known = numbers.Length - (row.ElementAtOrDefault(5) as long? ?? 0);
        if (known < 0 || known > numbers.Length) return null;
        return SeriesNumbers.ToArray(Outliers.Scores(numbers, (int)known, row.ElementAtOrDefault(1) as string ?? "ctukey", row.ElementAtOrDefault(3) as double? ?? 10, row.ElementAtOrDefault(4) as double? ?? 90));
    }
}
