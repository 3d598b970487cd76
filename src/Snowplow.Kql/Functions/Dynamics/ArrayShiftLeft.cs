using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_shift_left</c>: the array with its items moved to the left, a value (null) coming in at the right.</summary>
internal static class ArrayShiftLeft
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_shift_left", 2, "The array with its items moved to the left, a value (null) coming in at the right.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long], row => Shift(row[0], (long?)row[1], null))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long, null], row => Shift(row[0], (long?)row[1], DynamicValue.Of(row[2])));

    public static object?[]? Shift(object? value, long? count, object? fill) => value is object?[] array && count is { } by
        ? [.. Enumerable.Range(0, array.Length).Select(i => i + by >= 0 && i + by < array.Length ? array[i + by] : fill)]
        : null;
}
