using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>binary_and</c>: the bits that both numbers have.</summary>
internal static class BinaryAnd
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("binary_and", 2, "The bits that both numbers have.")
        .NamedBy(NameRule.FirstArgument)
        .On((long a, long b) => a & b);
}
