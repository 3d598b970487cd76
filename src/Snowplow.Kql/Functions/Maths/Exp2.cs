using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>exp2</c>: 2 to a power.</summary>
internal static class Exp2
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("exp2", 2, "2 to a power.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value) => Math.Pow(2, value));
}
