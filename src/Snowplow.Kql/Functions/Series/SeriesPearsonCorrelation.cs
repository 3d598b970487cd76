using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_pearson_correlation</c>: pearson's correlation of two arrays; null where they are not of one length or an item is no number.</summary>
internal static class SeriesPearsonCorrelation
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_pearson_correlation", 2, "Pearson's correlation of two arrays; null where they are not of one length or an item is no number.")
        .Row(KqlType.Real, [KqlType.Dynamic, KqlType.Dynamic], row => SeriesNumbers.AllOf(row[0]) is { } a && SeriesNumbers.AllOf(row[1]) is { } b && a.Length == b.Length ? Of(a, b) : null);

    private static double? Of(double[] a, double[] b)
    {
        if (a.Length == 0) return null;
        var (meanA, meanB) = (a.Average(), b.Average());
        var (products, squaresA, squaresB) = (0.0, 0.0, 0.0);
        for (var i = 0; i < a.Length; i++)
        {
            var (x, y) = (a[i] - meanA, b[i] - meanB);
            products += x * y;
            squaresA += x * x;
            squaresB += y * y;
        }

        return products / Math.Sqrt(squaresA * squaresB);
    }
}
