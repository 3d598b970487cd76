using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>reverse</c>: the text from its end to its start.</summary>
internal static class Reverse
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("reverse", 1, "The text from its end to its start.")
        .Row(KqlType.String, [null], row => CodePoints.Reverse(DynamicValue.Text(row[0])));
}
