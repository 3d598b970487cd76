using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>binary_shift_right</c>: the number with its bits moved down.</summary>
internal static class BinaryShiftRight
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("binary_shift_right", 2, "The number with its bits moved down.")
        .NamedBy(NameRule.FirstArgument)
        .Try((long a, long count) => count < 0 ? (long?)null : a >> (int)(count % 64));
}
