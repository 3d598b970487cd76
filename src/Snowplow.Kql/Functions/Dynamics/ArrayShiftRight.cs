using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Dynamics;

/// <summary><c>array_shift_right</c>: the array with its items moved to the right, a value (null) coming in at the left.</summary>
internal static class ArrayShiftRight
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("array_shift_right", 2, "The array with its items moved to the right, a value (null) coming in at the left.")
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long], row => ArrayShiftLeft.Shift(row[0], -(long?)row[1], null))
        .Row(KqlType.Dynamic, [KqlType.Dynamic, KqlType.Long, null], row => ArrayShiftLeft.Shift(row[0], -(long?)row[1], DynamicValue.Of(row[2])));
}
