using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_concat</c>: the items of several arrays in one.</summary>
internal static class ArrayConcat
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_concat", 2, "The items of several arrays in one.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], row => row.SelectMany(value => value as object?[] ?? []).ToArray(), isVariadic: true);
}
