using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>gamma</c>: the gamma function.</summary>
internal static class Gamma
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("gamma", 3, "The gamma function.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value) => GammaFunction.Of(value));
}
