using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>cos</c>: the cosine of an angle in radians.</summary>
internal static class Cos
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("cos", 2, "The cosine of an angle in radians.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value) => Math.Cos(value));
}
