using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_split</c>: the array cut at a place or at several.</summary>
internal static class ArraySplit
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_split", 2, "The array cut at a place or at several.")
        .On((object value, long place) => value is object?[] array ? (object)Split(array, [place]) : null)
        .On((object value, object places) => value is object?[] array ? (object)Split(array, [.. (places as object?[] ?? [places]).Select(place => DynamicValue.Long(place) ?? 0)]) : null);

    private static object?[] Split(object?[] array, long[] places)
    {
        var parts = new List<object?>();
        var start = 0;
        foreach (var place in places)
        {
            var end = (int)Math.Clamp(place < 0 ? array.Length + place : place, start, array.Length);
            parts.Add(array[start..end]);
            start = end;
        }

        parts.Add(array[start..]);
        return [.. parts];
    }
}
