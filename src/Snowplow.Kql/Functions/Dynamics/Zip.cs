using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>zip</c>: arrays of the items at each place of several arrays, null where one is shorter.</summary>
internal static class Zip
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("zip", 2, "Arrays of the items at each place of several arrays, null where one is shorter.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic], Items, isVariadic: true);

    private static object?[] Items(object?[] row)
    {
        var arrays = row.Select(value => value as object?[] ?? [value]).ToArray();
        return [.. Enumerable.Range(0, arrays.Max(array => array.Length)).Select(i => (object?)arrays.Select(array => i < array.Length ? array[i] : null).ToArray())];
    }
}
