using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>pack_array</c>: the arguments in an array.</summary>
internal static class PackArray
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("pack_array", 1, "The arguments in an array.")
        .Row(KqlType.Dynamic, [], _ => Array.Empty<object?>())
        .Row(KqlType.Dynamic, [null], row => row.Select(DynamicValue.Of).ToArray(), isVariadic: true);
}
