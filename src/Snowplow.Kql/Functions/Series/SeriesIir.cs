using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_iir</c>: a recursive filter of an array: sums weighted by the second argument, less earlier results weighted by the third, over the first of these.</summary>
internal static class SeriesIir
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_iir", 2, "A recursive filter of an array: sums weighted by the second argument, less earlier results weighted by the third, over the first of these.")
        .NamedBy(NameRule.FirstArgument)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Dynamic, KqlType.Dynamic], row => Of(row[0], row[1], row[2]));

    private static object? Of(object? series, object? weights, object? divisors)
    {
        if (SeriesNumbers.Of(series) is not { } numbers || SeriesNumbers.AllOf(weights) is not { } b || SeriesNumbers.AllOf(divisors) is not [not 0, ..] a) return null;
        return a.Length + b.Length <= SeriesFilter.MaxCoefficients
            ? SeriesNumbers.ToArray(SeriesFilter.Iir(numbers, b, a))
            : throw new KqlException(KqlErrorKind.Limit, $"series_iir() takes {SeriesFilter.MaxCoefficients} coefficients at most, not {a.Length + b.Length}");
    }
}
