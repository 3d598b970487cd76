using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>acos</c>: the angle of a cosine; null beyond -1 to 1.</summary>
internal static class Acos
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("acos", 2, "The angle of a cosine; null beyond -1 to 1.")
        .NamedBy(NameRule.FirstArgument)
        .Try(double? (double value) => Math.Abs(value) > 1 ? null : Math.Acos(value));
}
