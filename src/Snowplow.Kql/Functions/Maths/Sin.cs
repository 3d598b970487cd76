using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>sin</c>: the sine of an angle in radians.</summary>
internal static class Sin
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("sin", 2, "The sine of an angle in radians.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value) => Math.Sin(value));
}
