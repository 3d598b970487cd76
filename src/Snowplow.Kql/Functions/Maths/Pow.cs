using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>pow</c>: a number to a power.</summary>
internal static class Pow
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("pow", 1, "A number to a power.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value, double power) => Math.Pow(value, power));
}
