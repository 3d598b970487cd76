using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_fill_forward</c>: the array with nulls replaced by the value before.</summary>
internal static class SeriesFillForward
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_fill_forward", 2, "The array with nulls replaced by the value before.")
        .NamedBy(NameRule.FirstArgument)
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => SeriesFill.Forward(row[0], null))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, null], row => SeriesFill.Forward(row[0], DynamicValue.Of(row[1])));
}
