using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>strcat</c>: the texts of all arguments in a row.</summary>
internal static class Strcat
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("strcat", 1, "The texts of all arguments in a row.")
        .Row(KqlType.String, [null], row => string.Concat(row.Select(DynamicValue.Text)), isVariadic: true);
}
