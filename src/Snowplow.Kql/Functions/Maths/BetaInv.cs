using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Functions.Maths;

/// <summary><c>beta_inv</c>: the number up to which a share of a beta distribution lies; null for a share that is not above 0 or above 1, NaN for parameters that are not above 0.</summary>
internal static class BetaInv
{
    public static readonly ScalarFunction Function = ScalarFunction.Named("beta_inv", 3, "The number up to which a share of a beta distribution lies; null for a share that is not above 0 or above 1, NaN for parameters that are not above 0.")
        .Try(double? (double share, double alpha, double beta) => !(alpha > 0 && beta > 0) ? double.NaN : share is > 0 and <= 1 ? BetaFunction.Quantile(share, alpha, beta) : null);
}
