using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>exp10</c>: 10 to a power.</summary>
internal static class Exp10
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("exp10", 2, "10 to a power.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value) => Math.Pow(10, value));
}
