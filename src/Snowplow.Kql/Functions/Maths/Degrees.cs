using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>degrees</c>: the degrees of radians.</summary>
internal static class Degrees
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("degrees", 2, "The degrees of radians.")
        .On((double value) => value * 180 / Math.PI);
}
