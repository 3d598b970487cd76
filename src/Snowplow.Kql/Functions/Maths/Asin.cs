using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>asin</c>: the angle of a sine; null beyond -1 to 1.</summary>
internal static class Asin
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("asin", 2, "The angle of a sine; null beyond -1 to 1.")
        .NamedBy(NameRule.FirstArgument)
        .Try(double? (double value) => Math.Abs(value) > 1 ? null : Math.Asin(value));
}
