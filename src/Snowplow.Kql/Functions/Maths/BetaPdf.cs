using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>beta_pdf</c>: the density of a beta distribution at a number; NaN where that is not between 0 and 1, and for parameters that are not above 0.</summary>
internal static class BetaPdf
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("beta_pdf", 3, "The density of a beta distribution at a number; NaN where that is not between 0 and 1, and for parameters that are not above 0.")
        .On((double x, double alpha, double beta) => x is > 0 and < 1 && alpha > 0 && beta > 0 ? BetaFunction.Density(x, alpha, beta) : double.NaN);
}
