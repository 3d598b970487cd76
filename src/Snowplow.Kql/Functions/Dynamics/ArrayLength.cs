using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_length</c>: number of items of an array; null of anything else.</summary>
internal static class ArrayLength
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_length", 1, "Number of items of an array; null of anything else.")
        .Alias("arraylength")
        .Try(long? (object value) => value is object?[] array ? array.Length : null);
}
