using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_product</c>: the product of an array's numbers.</summary>
internal static class SeriesProduct
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_product", 2, "The product of an array's numbers.")
        .Try(double? (object series) => SeriesNumbers.Of(series)?.Where(number => !double.IsNaN(number)).Aggregate(1.0, (a, b) => a * b));
}
