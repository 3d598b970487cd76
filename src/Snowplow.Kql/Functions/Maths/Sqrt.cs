using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>sqrt</c>: the square root; null of negative numbers.</summary>
internal static class Sqrt
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("sqrt", 1, "The square root; null of negative numbers.")
        .NamedBy(NameRule.FirstArgument)
        .Try(double? (double value) => value < 0 ? null : Math.Sqrt(value));
}
