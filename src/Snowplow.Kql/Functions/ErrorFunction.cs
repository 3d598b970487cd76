namespace Snowplow.Kql.Functions;

/// <summary>The error function, 2/√π times the integral of e^(−t²) from 0, to about fifteen digits.</summary>
internal static class ErrorFunction
{
    // From here on the continued fraction takes fewer steps than the series.
    private const double Turn = 2;
    private const int MostSteps = 500;

    /// <summary>erf(x).</summary>
    public static double Of(double x) => Math.Abs(x) < Turn ? Series(x) : Math.CopySign(1 - Fraction(Math.Abs(x)), x);

    /// <summary>1 − erf(x), also where that is next to nothing.</summary>
    public static double Complement(double x) => double.IsNaN(x) ? x : x < Turn ? 1 - Of(x) : Fraction(x);

    // e^(−x²) · 2/√π · Σ 2ⁿx²ⁿ⁺¹ / (1·3·5·…·(2n+1)), whose terms are all of one sign (DLMF 7.6.2).
    private static double Series(double x)
    {
        var (sum, term) = (x, x);
        for (var n = 1; n < MostSteps && Math.Abs(term) > 1e-17 * Math.Abs(sum); n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    // The continued fraction of erfc for positive numbers (DLMF 7.9.1), from its end.
    private static double Fraction(double x)
    {
        if (double.IsPositiveInfinity(x)) return 0;
        var value = x;
        for (var n = 120; n > 0; n--) value = x + (n / 2.0 / value);
        return Math.Exp(-x * x) / (value * Math.Sqrt(Math.PI));
    }
}
