namespace Snowplow.Kql.Functions;

/// <summary>
/// Scores of numbers by Tukey's test: how far they are beyond two percentiles, in distances of these. Of other percentiles than 25 and 75 they are scaled so
/// that 1.5 stands for the same distance where the numbers are normally distributed.
/// </summary>
internal static class Outliers
{
    // The score from which on a number is an outlier.
    private const double Mild = 1.5;

    /// <summary>The scores; 0 within the percentiles and for what is no number.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="known">How many of the first are learned from.</param>
    /// <param name="kind"><c>tukey</c>, of the percentiles 25 and 75, or <c>ctukey</c>, of those given.</param>
    /// <param name="low">The lower percentile.</param>
    /// <param name="high">The upper one.</param>
    /// <exception cref="KqlException">There is no such test.</exception>
    public static double[] Scores(double[] numbers, int known, string kind, double low, double high)
    {
        if (kind is not ("tukey" or "ctukey")) throw new KqlException(KqlErrorKind.Runtime, $"There is no test '{kind}' for outliers: expected 'ctukey' or 'tukey'");
        if (kind == "tukey") (low, high) = (25, 75);
        if (!(low >= 2 && low < high && high <= 98)) throw new KqlException(KqlErrorKind.Runtime, $"The percentiles {low} and {high} must lie between 2 and 98, the lower one first");
        var sorted = numbers[..known].Where(double.IsFinite).Order().ToArray();
        if (sorted.Length == 0) return new double[numbers.Length];
        var (bottom, top) = (At(sorted, low), At(sorted, high));
        var (above, below) = (Scale(low, high), Scale(100 - high, 100 - low));
        return Array.ConvertAll(numbers, number => number > top ? above * (number - top) / (top - bottom) : number < bottom ? below * (number - bottom) / (top - bottom) : 0);
    }

    // Tukey's fence of a normal distribution, 1.5 distances beyond the quartiles, in distances of other percentiles beyond the upper one.
    private static double Scale(double low, double high)
    {
        var quartile = Normal.Quantile(0.75);
        var (bottom, top) = (Normal.Quantile(low / 100), Normal.Quantile(high / 100));
        return Mild * (top - bottom) / (quartile + (Mild * 2 * quartile) - top);
    }

    // On the line between the two nearest numbers.
    private static double At(double[] sorted, double percentile)
    {
        var place = percentile / 100 * (sorted.Length - 1);
        var below = (int)Math.Floor(place);
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
