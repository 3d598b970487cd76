using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_dot_product</c>: the sum of the products of two arrays' numbers at the same places; a number counts for all places. Null where an array is empty.</summary>
internal static class SeriesDotProduct
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_dot_product", 2, "The sum of the products of two arrays' numbers at the same places; a number counts for all places. Null where an array is empty.")
        .Row(KqlType.Real, [null, null], row => SeriesPairs.Of(row[0], row[1]) is { } pairs ? pairs.Sum(pair => pair.A * pair.B) : null);
}
