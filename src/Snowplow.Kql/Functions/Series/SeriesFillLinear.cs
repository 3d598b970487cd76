using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_fill_linear</c>: the array with nulls between numbers replaced on a line; those at the ends by the nearest number.</summary>
internal static class SeriesFillLinear
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_fill_linear", 2, "The array with nulls between numbers replaced on a line; those at the ends by the nearest number, all by 0 or a constant where there is none.")
        .NamedBy(NameRule.FirstArgument)
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => SeriesFill.Linear(row[0], null, true, 0.0))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, null], row => SeriesFill.Linear(row[0], DynamicValue.Of(row[1]), true, 0.0))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, null, KqlType.Bool], row => SeriesFill.Linear(row[0], DynamicValue.Of(row[1]), row[2] is true, 0.0))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, null, KqlType.Bool, null], row => SeriesFill.Linear(row[0], DynamicValue.Of(row[1]), row[2] is true, DynamicValue.Of(row[3])));
}
