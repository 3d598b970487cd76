using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>radians</c>: the radians of degrees.</summary>
internal static class Radians
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("radians", 2, "The radians of degrees.")
        .On((double value) => value * Math.PI / 180);
}
