using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>erfc</c>: 1 less the error function.</summary>
internal static class Erfc
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("erfc", 3, "1 less the error function.")
        .NamedBy(NameRule.FirstArgument)
        .On((double value) => ErrorFunction.Complement(value));
}
