using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Conditions;

/// <summary><c>around</c>: whether a value is within a distance of another.</summary>
internal static class Around
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("around", 2, "Whether a value is within a distance of another.")
        .On((double value, double centre, double delta) => Math.Abs(value - centre) <= delta)
        .On((TimeSpan value, TimeSpan centre, TimeSpan delta) => (value - centre).Duration() <= delta)
        .On((DateTime value, DateTime centre, TimeSpan delta) => (value - centre).Duration() <= delta);
}
