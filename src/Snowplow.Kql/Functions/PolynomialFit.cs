namespace Snowplow.Kql.Functions;

/// <summary>
/// The polynomial through points with the least squares, by polynomials that are orthogonal at these points (Forsythe, 1957): sums of powers would lose
/// their digits. Points without one of their numbers do not count.
/// </summary>
internal static class PolynomialFit
{
    private const int MaxDegree = 100;

    /// <summary>r², the coefficients from the highest power on, variance, variance of what is left, and the polynomial at each point; null where there are too few points.</summary>
    /// <exception cref="KqlException">There is no such degree.</exception>
    public static object?[]? Describe(object? series, object? places, long degree)
    {
        if (degree is < 0 or > MaxDegree) throw new KqlException(KqlErrorKind.Runtime, $"A polynomial of degree {degree} cannot be fitted: expected 0 to {MaxDegree}");
        if (SeriesNumbers.Of(series) is not { } y) return null;
        var x = places is null ? [.. Enumerable.Range(1, y.Length).Select(i => (double)i)] : SeriesNumbers.Of(places);
        if (x?.Length != y.Length) return null;
        var known = Enumerable.Range(0, y.Length).Where(i => double.IsFinite(x[i]) && double.IsFinite(y[i])).ToArray();
        if (known.Select(i => x[i]).Distinct().Take((int)degree + 1).Count() <= degree) return null;
        // From -1 to 1 the powers are of one size.
        var (low, high) = (known.Min(i => x[i]), known.Max(i => x[i]));
        var (middle, half) = ((low + high) / 2, high > low ? (high - low) / 2 : 1);
        var t = Array.ConvertAll(x, place => (place - middle) / half);
        var (fit, coefficients) = Fit(t, y, known, (int)degree);
        var mean = known.Average(i => y[i]);
        var (squares, rest) = (known.Sum(i => (y[i] - mean) * (y[i] - mean)), known.Sum(i => (y[i] - fit[i]) * (y[i] - fit[i])));
        var divisor = Math.Max(1, known.Length - 1);
        var ofPlaces = Substitute(coefficients, middle, half);
        Array.Reverse(ofPlaces);
        return [squares > 0 ? Math.Max(0, 1 - (rest / squares)) : 1.0, SeriesNumbers.ToArray(ofPlaces), squares / divisor, rest / divisor, SeriesNumbers.ToArray(fit)];
    }

    // The fit at all points and its coefficients, by rising powers of t. Each polynomial is made of the two before it, so that their products over the points add up to nothing.
    private static (double[] Fit, double[] Coefficients) Fit(double[] t, double[] y, int[] known, int degree)
    {
        var (fit, coefficients) = (new double[t.Length], new double[degree + 1]);
        var (before, own) = (new double[t.Length], Enumerable.Repeat(1.0, t.Length).ToArray());
        var (powersBefore, powers) = (new double[degree + 2], new double[degree + 2]);
        powers[0] = 1;
        var squaresBefore = 1.0;
        for (var k = 0; k <= degree; k++)
        {
            var squares = known.Sum(i => own[i] * own[i]);
            var share = known.Sum(i => (y[i] - fit[i]) * own[i]) / squares;
            for (var i = 0; i < fit.Length; i++) fit[i] += share * own[i];
            for (var i = 0; i <= k; i++) coefficients[i] += share * powers[i];
            var (shift, scale) = (known.Sum(i => t[i] * own[i] * own[i]) / squares, k == 0 ? 0 : squares / squaresBefore);
            var (next, powersNext) = (new double[t.Length], new double[degree + 2]);
            for (var i = 0; i < next.Length; i++) next[i] = ((t[i] - shift) * own[i]) - (scale * before[i]);
            for (var i = 0; i <= k + 1; i++) powersNext[i] = (i > 0 ? powers[i - 1] : 0) - (shift * powers[i]) - (scale * powersBefore[i]);
            (before, own, powersBefore, powers, squaresBefore) = (own, next, powers, powersNext, squares);
        }

        return (fit, coefficients);
    }

    // The coefficients by powers of x of a polynomial of t = (x − middle) / half, by Horner's rule.
    private static double[] Substitute(double[] coefficients, double middle, double half)
    {
        var result = new double[coefficients.Length];
        for (var k = coefficients.Length - 1; k >= 0; k--)
        {
            for (var i = result.Length - 1; i >= 0; i--) result[i] = ((i > 0 ? result[i - 1] : 0) - (middle * result[i])) / half;
            result[0] += coefficients[k];
        }

        return result;
    }
}
