using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>binary_not</c>: the bits that the number does not have.</summary>
internal static class BinaryNot
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("binary_not", 2, "The bits that the number does not have.")
        .NamedBy(NameRule.FirstArgument)
        .On((long a) => ~a);
}
