using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>ceiling</c>: the least whole number that is not less.</summary>
internal static class Ceiling
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("ceiling", 1, "The least whole number that is not less.")
        .NamedBy(NameRule.FirstArgument)
        .On((long value) => value)
        .On((double value) => Math.Ceiling(value));
}
