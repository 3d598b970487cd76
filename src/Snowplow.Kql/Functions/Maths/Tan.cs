using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>tan</c>: the tangent of an angle in radians.</summary>
internal static class Tan
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("tan", 2, "The tangent of an angle in radians.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value) => Math.Tan(value));
}
