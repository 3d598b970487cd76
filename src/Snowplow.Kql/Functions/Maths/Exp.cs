using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>exp</c>: e to a power.</summary>
internal static class Exp
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("exp", 1, "e to a power.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value) => Math.Exp(value));
}
