using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_fill_linear</c>: the array with nulls between numbers replaced on a line; those at the ends by the nearest number.</summary>
internal static class SeriesFillLinear
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_fill_linear", 2, "The array with nulls between numbers replaced on a line; those at the ends by the nearest number.")
        .NamedBy(NameRule.FirstArgument)
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => SeriesFill.Linear(row[0]));
}
