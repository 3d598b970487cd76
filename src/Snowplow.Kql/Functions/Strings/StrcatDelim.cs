using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>strcat_delim</c>: the texts of all arguments with a separator between them.</summary>
internal static class StrcatDelim
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("strcat_delim", 1, "The texts of all arguments with a separator between them.")
        .Row(KqlType.String, [KqlType.String, null], row => string.Join((string)row[0]!, row.Skip(1).Select(DynamicValue.Text)), isVariadic: true);
}
