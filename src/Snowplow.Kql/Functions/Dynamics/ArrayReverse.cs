using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_reverse</c>: the array from its end to its start.</summary>
internal static class ArrayReverse
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_reverse", 2, "The array from its end to its start.")
        .On((object value) => value is object?[] array ? (object)array.Reverse().ToArray() : null);
}
