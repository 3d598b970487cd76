using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>cot</c>: the cotangent of an angle in radians.</summary>
internal static class Cot
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("cot", 3, "The cotangent of an angle in radians.")
        .On((double value) => 1 / Math.Tan(value));
}
