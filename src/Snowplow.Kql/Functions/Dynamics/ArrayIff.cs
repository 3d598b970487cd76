using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_iff</c>: for each item of an array of conditions an item of the second array or of the third.</summary>
internal static class ArrayIff
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_iff", 2, "For each item of an array of conditions an item of the second array or of the third.")
        .Alias("array_iif")
        .Row(KqlType.Dynamic, [KqlType.Dynamic, null, null], row => row[0] is not object?[] conditions ? null : conditions.Select((condition, i) => condition is bool or long or double or decimal ? Pick(row[DynamicValue.To(KqlType.Bool, condition) is true ? 1 : 2], i) : null).ToArray());

    private static object? Pick(object? source, int place) => source is object?[] items ? (place < items.Length ? items[place] : null) : DynamicValue.Of(source);
}
