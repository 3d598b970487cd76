using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>atan2</c>: the angle of a point.</summary>
internal static class Atan2
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("atan2", 2, "The angle of a point.")
        .NamedBy(NameRule.FirstArgument)
        .On((double y, double x) => Math.Atan2(y, x));
}
