using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>atan</c>: the angle of a tangent.</summary>
internal static class Atan
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("atan", 2, "The angle of a tangent.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value) => Math.Atan(value));
}
