using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Series;

/// <summary><c>series_fill_backward</c>: the array with nulls replaced by the value behind.</summary>
internal static class SeriesFillBackward
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("series_fill_backward", 2, "The array with nulls replaced by the value behind.")
        .NamedBy(NameRule.FirstArgument)
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => SeriesFill.Backward(row[0], null))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, null], row => SeriesFill.Backward(row[0], DynamicValue.Of(row[1])));
}
