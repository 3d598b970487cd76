namespace Snowplow.Kql.Functions;

/// <summary>Linear filters of numbers. Before and behind a series are zeros; a number that is missing makes missing what is made of it.</summary>
internal static class SeriesFilter
{
    /// <summary>The most coefficients of a recursive filter: its work is their number for each number of the series.</summary>
    public const int MaxCoefficients = 4096;

    // From so many products on a transform takes less time than they do.
    private const long MaxProducts = 1L << 22;

    /// <summary>Weighted sums of each number and those before it, or around it where centred. Null for what cannot be normalised: a sum of nothing, or weights below zero.</summary>
    public static double[]? Fir(double[] series, double[] weights, bool? normalizes, bool isCentred)
    {
        var hasNegative = Array.Exists(weights, weight => weight < 0);
        var scale = 1.0;
        if (normalizes ?? !hasNegative)
        {
            scale = weights.Sum();
            if (hasNegative || scale == 0) return null;
        }

        if (weights.Length == 0) return null;
        var shift = isCentred ? weights.Length / 2 : 0;
        var sums = (long)series.Length * weights.Length <= MaxProducts ? Products(series, weights) : ByTransform(series, weights);
        var result = new double[series.Length];
        for (var i = 0; i < result.Length; i++) result[i] = sums[i + shift] / scale;
        return result;
    }

    /// <summary>A recursive filter: weighted sums of numbers less those of earlier results; the first of the divisors must not be zero.</summary>
    public static double[] Iir(double[] series, double[] weights, double[] divisors)
    {
        var result = new double[series.Length];
        for (var i = 0; i < result.Length; i++)
        {
            var sum = 0.0;
            for (var k = 0; k < weights.Length && k <= i; k++) sum += weights[k] * series[i - k];
            for (var k = 1; k < divisors.Length && k <= i; k++) sum -= divisors[k] * result[i - k];
            result[i] = sum / divisors[0];
        }

        return result;
    }

    private static double[] Products(double[] series, double[] weights)
    {
        var sums = new double[series.Length + weights.Length - 1];
        for (var i = 0; i < series.Length; i++)
            for (var k = 0; k < weights.Length; k++) sums[i + k] += series[i] * weights[k];
        return sums;
    }

    private static double[] ByTransform(double[] series, double[] weights)
    {
        var known = Array.ConvertAll(series, number => double.IsFinite(number) ? number : 0);
        var sums = Fourier.Convolve(known, weights);
        // A transform would spread what is missing over everything.
        var missing = 0;
        for (var i = 0; i < sums.Length; i++)
        {
            if (i < series.Length && !double.IsFinite(series[i])) missing++;
            if (i >= weights.Length && !double.IsFinite(series[i - weights.Length])) missing--;
            if (missing > 0) sums[i] = double.NaN;
        }

        return sums;
    }
}
