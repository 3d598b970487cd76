using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Strings;

/// <summary><c>strcat_array</c>: the items of an array with a separator between them.</summary>
internal static class StrcatArray
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("strcat_array", 1, "The items of an array with a separator between them.")
        .Alias("array_strcat")
        .On((object array, string separator) => array is object?[] items ? string.Join(separator, items.Select(DynamicValue.Text)) : "");
}
