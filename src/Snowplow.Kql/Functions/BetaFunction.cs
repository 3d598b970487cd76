namespace Snowplow.Kql.Functions;

/// <summary>The beta distribution.</summary>
internal static class BetaFunction
{
    private const int MostSteps = 10_000;

    /// <summary>The share of the distribution up to x, which is between 0 and 1: the regularised incomplete beta function.</summary>
    public static double Share(double x, double alpha, double beta)
    {
        if (x is 0 or 1) return x;
        // The fraction converges fast on this side of the mean, and the other side is what it lacks of 1.
        return x <= (alpha + 1) / (alpha + beta + 2) ? Front(x, alpha, beta) * Fraction(x, alpha, beta) / alpha : 1 - (Front(1 - x, beta, alpha) * Fraction(1 - x, beta, alpha) / beta);
    }

    /// <summary>The x up to which a share of the distribution lies.</summary>
    public static double Quantile(double share, double alpha, double beta)
    {
        var (low, high) = (0.0, 1.0);
        while (true)
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high) return middle;
            if (Share(middle, alpha, beta) < share) low = middle;
            else high = middle;
        }
    }

    /// <summary>The density at x.</summary>
    public static double Density(double x, double alpha, double beta) => Front(x, alpha, beta) / (x * (1 - x));

    // x^α (1 − x)^β / B(α, β)
    private static double Front(double x, double alpha, double beta) =>
        Math.Exp(GammaFunction.Log(alpha + beta) - GammaFunction.Log(alpha) - GammaFunction.Log(beta) + (alpha * Math.Log(x)) + (beta * Math.Log(1 - x)));

    // The continued fraction DLMF 8.17.22, from its start by Lentz' way: each step is the ratio of two convergents.
    private static double Fraction(double x, double alpha, double beta)
    {
        var (value, c, d) = (1.0, 1.0, 0.0);
        for (var step = 1; step < MostSteps; step++)
        {
            var m = step / 2;
            var term = step % 2 == 0
                ? m * (beta - m) * x / ((alpha + (2 * m) - 1) * (alpha + (2 * m)))
                : -(alpha + m) * (alpha + beta + m) * x / ((alpha + (2 * m)) * (alpha + (2 * m) + 1));
            d = 1 / NotZero(1 + (term * d));
            c = NotZero(1 + (term / c));
            value *= c * d;
            if (Math.Abs((c * d) - 1) < 1e-16) break;
        }

        return 1 / value;
    }

    private static double NotZero(double number) => number == 0 ? 1e-300 : number;
}
