using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_fir</c>: weighted sums of each number of an array and those before it, or around it; see &lt;see cref="SeriesFilter"/>.</summary>
internal static class SeriesFir
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_fir", 2, "Weighted sums of each number of an array and those before it, over the sum of the weights unless one is negative or the third argument is false; with true as the fourth, of those around it.")
        .NamedBy(NameRule.FirstArgument)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Dynamic], row => Of(row, null, false))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Dynamic, KqlType.Bool], row => Of(row, row[2] as bool?, false))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Dynamic, KqlType.Bool, KqlType.Bool], row => Of(row, row[2] as bool?, row[3] is true));

    private static object? Of(object?[] row, bool? normalizes, bool isCentred) =>
        SeriesNumbers.Of(row[0]) is { } series && SeriesNumbers.AllOf(row[1]) is { } weights && SeriesFilter.Fir(series, weights, normalizes, isCentred) is { } filtered
            ? SeriesNumbers.ToArray(filtered)
            : null;
}
