using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_seasonal</c>: what repeats in an array: the median of the numbers at the same place of a period, which is given or found (score 0.7); zeros where there is none.</summary>
internal static class SeriesSeasonal
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_seasonal", 2, "What repeats in an array: the median of the numbers at the same place of a period, which is given or found (score 0.7); zeros where there is none.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => Of(row[0], Decomposition.Auto, 0))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long], row => Of(row[0], row[1], 0))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long, KqlType.Long], row => Of(row[0], row[1], row[2] as long? ?? 0));

    private const double Threshold = 0.7;

    private static object? Of(object? series, object? period, long testPoints)
    {
        if (SeriesNumbers.Of(series) is not { } numbers || period is not long given || testPoints < 0 || testPoints > numbers.Length) return null;
        var known = numbers[..^(int)testPoints];
        return SeriesNumbers.ToArray(Decomposition.Seasons(known, numbers.Length, given == Decomposition.Auto ? Decomposition.Found(known, Threshold, isFlat: false) : given));
    }
}
