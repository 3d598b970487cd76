using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>binary_xor</c>: the bits that just one of the numbers has.</summary>
internal static class BinaryXor
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("binary_xor", 2, "The bits that just one of the numbers has.")
        .NamedBy(NameRule.FirstArgument)
        .On((long a, long b) => a ^ b);
}
