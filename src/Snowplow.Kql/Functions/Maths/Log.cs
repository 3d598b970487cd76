using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>log</c>: the natural logarithm; null of numbers that are not positive.</summary>
internal static class Log
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("log", 1, "The natural logarithm; null of numbers that are not positive.")
        .NamedBy(NameRule.FirstArgument)
        .Try(double? (double value) => value <= 0 ? null : Math.Log(value));
}
