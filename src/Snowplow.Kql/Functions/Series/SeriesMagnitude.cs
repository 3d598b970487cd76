using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_magnitude</c>: the square root of the sum of the squares of an array's numbers.</summary>
internal static class SeriesMagnitude
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_magnitude", 2, "The square root of the sum of the squares of an array's numbers.")
        .Try(double? (object series) => SeriesNumbers.Of(series) is { } numbers ? Math.Sqrt(numbers.Where(number => !double.IsNaN(number)).Sum(number => number * number)) : null);
}
