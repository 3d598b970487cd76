using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>log10</c>: the logarithm of base 10; null of numbers that are not positive.</summary>
internal static class Log10
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("log10", 2, "The logarithm of base 10; null of numbers that are not positive.")
        .NamedBy(NameRule.FirstArgument)
        .Try(double? (double value) => value <= 0 ? null : Math.Log10(value));
}
