using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>loggamma</c>: the natural logarithm of the absolute value of the gamma function.</summary>
internal static class Loggamma
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("loggamma", 3, "The natural logarithm of the absolute value of the gamma function.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value) => GammaFunction.Log(value));
}
