using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>binary_or</c>: the bits that one of the numbers has.</summary>
internal static class BinaryOr
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("binary_or", 2, "The bits that one of the numbers has.")
        .NamedBy(NameRule.FirstArgument)
        .On((long a, long b) => a | b);
}
