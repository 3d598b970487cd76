using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_fill_const</c>: the array with nulls replaced by a value.</summary>
internal static class SeriesFillConst
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_fill_const", 2, "The array with nulls replaced by a value.")
        .NamedBy(NameRule.FirstArgument)
        .Row(KqlType.Dynamic, [KqlType.Dynamic, null], row => SeriesFill.Constant(row[0], DynamicValue.Of(row[1]), null))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, null, null], row => SeriesFill.Constant(row[0], DynamicValue.Of(row[1]), DynamicValue.Of(row[2])));
}
