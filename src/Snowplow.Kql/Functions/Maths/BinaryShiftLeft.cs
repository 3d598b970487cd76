using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>binary_shift_left</c>: the number with its bits moved up.</summary>
internal static class BinaryShiftLeft
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("binary_shift_left", 2, "The number with its bits moved up.")
        .NamedBy(NameRule.FirstArgument)
        .Try((long a, long count) => count < 0 ? (long?)null : a << (int)(count % 64));
}
