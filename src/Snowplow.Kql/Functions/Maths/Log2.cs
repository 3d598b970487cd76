using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>log2</c>: the logarithm of base 2; null of numbers that are not positive.</summary>
internal static class Log2
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("log2", 2, "The logarithm of base 2; null of numbers that are not positive.")
        .NamedBy(NameRule.FirstArgument)
        .Try(double? (double value) => value <= 0 ? null : Math.Log2(value));
}
