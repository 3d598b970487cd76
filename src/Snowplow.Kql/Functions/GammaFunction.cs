namespace Snowplow.Kql.Functions;

/// <summary>The gamma function, by Lanczos' approximation with g = 7 and nine coefficients, to about fifteen digits.</summary>
internal static class GammaFunction
{
    private const double G = 7;

    private static readonly double[] Coefficients =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
        12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>The natural logarithm of the absolute value; infinite at 0, -1, -2, ….</summary>
    public static double Log(double x)
    {
        if (double.IsNegativeInfinity(x)) return double.NaN;
        // Reflection: Γ(x)·Γ(1 − x) = π / sin(πx).
        if (x < 0.5) return x == Math.Floor(x) ? double.PositiveInfinity : Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - Log(1 - x);
        if (x is 1 or 2) return 0;
        var t = x + G - 0.5;
        return (Math.Log(2 * Math.PI) / 2) + ((x - 0.5) * Math.Log(t)) - t + Math.Log(Sum(x - 1));
    }

    /// <summary>Γ(x); exact as far as factorials are, NaN at 0, -1, -2, ….</summary>
    public static double Of(double x)
    {
        if (x <= 0 && x == Math.Floor(x)) return double.NaN;
        if (x == Math.Floor(x) && x <= 171)
        {
            var factorial = 1.0;
            for (var i = 2; i < x; i++) factorial *= i;
            return factorial;
        }

        return x < 0.5 ? Math.PI / (Math.Sin(Math.PI * x) * Of(1 - x)) : Math.Exp(Log(x));
    }

    private static double Sum(double x)
    {
        var sum = Coefficients[0];
        for (var i = 1; i < Coefficients.Length; i++) sum += Coefficients[i] / (x + i);
        return sum;
    }
}
