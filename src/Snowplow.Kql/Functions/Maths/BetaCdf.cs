using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>beta_cdf</c>: the share of a beta distribution up to a number; NaN beyond 0 to 1, and for parameters that are not above 0 or above 10,000.</summary>
internal static class BetaCdf
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("beta_cdf", 3, "The share of a beta distribution up to a number; NaN beyond 0 to 1, and for parameters that are not above 0 or above 10,000.")
        .On((double x, double alpha, double beta) => x is >= 0 and <= 1 && alpha is > 0 and <= 10_000 && beta is > 0 and <= 10_000 ? BetaFunction.Share(x, alpha, beta) : double.NaN);
}
