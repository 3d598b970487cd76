using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_slice</c>: the items from a place to another, both included, from the end where negative.</summary>
internal static class ArraySlice
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_slice", 2, "The items from a place to another, both included, from the end where negative.")
        .On((object value, long start, long end) => value is object?[] array ? (object)Slice(array, start, end) : null);

    private static object?[] Slice(object?[] array, long start, long end)
    {
        var first = Math.Max(0, start < 0 ? array.Length + start : start);
        var last = Math.Min(array.Length - 1, end < 0 ? array.Length + end : end);
        return first > last ? [] : array[(int)first..((int)last + 1)];
    }
}
