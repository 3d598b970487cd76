using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>erf</c>: the error function.</summary>
internal static class Erf
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("erf", 3, "The error function.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value) => ErrorFunction.Of(value));
}
