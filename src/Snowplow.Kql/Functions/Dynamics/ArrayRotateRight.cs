using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_rotate_right</c>: the array with its items moved to the right, those that leave coming in at the left.</summary>
internal static class ArrayRotateRight
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_rotate_right", 2, "The array with its items moved to the right, those that leave coming in at the left.")
        .On((object value, long count) => value is object?[] array ? (object)ArrayRotateLeft.Rotate(array, -count) : null);
}
