using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_fit_poly</c>: the polynomial through the numbers of an array, at places 1, 2, … or those of another array, of degree 1 or another, with the least squares.</summary>
internal static class SeriesFitPoly
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_fit_poly", 2, "The polynomial through the numbers of an array, at places 1, 2, … or those of another array, of degree 1 or another, with the least squares; each of its properties a column.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => PolynomialFit.Describe(row[0], null, 1))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Dynamic], row => row[1] is null ? null : PolynomialFit.Describe(row[0], row[1], 1))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Dynamic, KqlType.Long], row => row[1] is null || row[2] is not long degree ? null : PolynomialFit.Describe(row[0], row[1], degree));
}
