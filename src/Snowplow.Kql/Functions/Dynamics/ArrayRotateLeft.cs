using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_rotate_left</c>: the array with its items moved to the left, those that leave coming in at the right.</summary>
internal static class ArrayRotateLeft
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_rotate_left", 2, "The array with its items moved to the left, those that leave coming in at the right.")
        .On((object value, long count) => value is object?[] array ? (object)Rotate(array, count) : null);

    public static object?[] Rotate(object?[] array, long count) => array.Length == 0 ? array : [.. Enumerable.Range(0, array.Length).Select(i => array[(((i + (count % array.Length)) % array.Length) + array.Length) % array.Length])];
}
