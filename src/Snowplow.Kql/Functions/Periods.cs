namespace Snowplow.Kql.Functions;

/// <summary>
/// Finds the lengths of periods. The score of a length is the least correlation of the series with itself, moved by the length and by its multiples up to
/// half of the series: 1 for what repeats exactly.
/// </summary>
internal static class Periods
{
    /// <summary>The shortest period that counts.</summary>
    public const int Shortest = 4;

    // The peaks of the spectrum that are looked at: each costs as many steps as its period goes into the series.
    private const int MostPeaks = 100;

    // A period whose score is not above that of a part of it by this factor is that part, repeated.
    private const double ClearlyBetter = 1.1;

    /// <summary>The best periods and their scores, the best first: peaks of the spectrum, at the lag near by with the highest correlation.</summary>
    /// <param name="numbers">The series; what is missing counts as the mean.</param>
    /// <param name="least">The shortest period wanted.</param>
    /// <param name="most">The longest.</param>
    /// <param name="isFlat">Whether a trend is to be taken out before.</param>
    public static IReadOnlyList<(int Period, double Score)> Detect(double[] numbers, double least, double most, bool isFlat)
    {
        var n = numbers.Length;
        if (n < 2 * Shortest) return [];
        var flat = Centred(numbers, isFlat: true);
        var correlation = Correlation(isFlat ? flat : Centred(numbers, isFlat: false));
        // What noise alone does not reach, at the lags with the fewest pairs of numbers.
        var noise = 2 / Math.Sqrt(n / 2.0);
        var found = new Dictionary<int, double>();
        foreach (var peak in Peaks(flat))
        {
            var period = Best(correlation, (int)Math.Floor((double)n / (peak + 1)), (int)Math.Ceiling((double)n / (peak - 1)));
            if (period < Math.Max(Shortest, least) || period > most || 2 * period >= n || found.ContainsKey(period)) continue;
            if (correlation[period] <= correlation[period - 1] || correlation[period] < correlation[period + 1]) continue;
            if (Score(correlation, period) is var score && score > noise) found.Add(period, score);
        }

        return
        [
            .. found.Where(one => !found.Any(other => other.Key < one.Key && one.Key % other.Key == 0 && one.Value < other.Value * ClearlyBetter))
                .OrderByDescending(one => one.Value).ThenBy(one => one.Key).Select(one => (one.Key, one.Value)),
        ];
    }

    /// <summary>The scores of periods; 0 for one below 4 or above half of the series.</summary>
    public static double[] Validate(double[] numbers, IEnumerable<double> periods)
    {
        var correlation = Correlation(Centred(numbers, isFlat: false));
        return [.. periods.Select(period => period >= Shortest && period <= numbers.Length / 2.0 ? Score(correlation, period) : 0)];
    }

    private static double Score(double[] correlation, double period)
    {
        var score = 1.0;
        for (var times = 1; Math.Round(times * period) < correlation.Length; times++) score = Math.Min(score, correlation[(int)Math.Round(times * period)]);
        return Math.Max(0, score);
    }

    // The numbers less their mean, or less the line through them.
    private static double[] Centred(double[] numbers, bool isFlat)
    {
        var fit = LineFit.Of(numbers);
        var centred = new double[numbers.Length];
        for (var i = 0; i < centred.Length; i++) centred[i] = double.IsFinite(numbers[i]) ? numbers[i] - (isFlat ? fit.At(i) : fit.Mean) : 0;
        return centred;
    }

    // For each lag up to half of the series the mean product of numbers so far apart, over their mean square.
    private static double[] Correlation(double[] centred)
    {
        var n = centred.Length;
        var sums = Fourier.Autocorrelation(centred);
        var correlation = new double[(n / 2) + 1];
        if (n == 0 || sums[0] <= 0) return correlation;
        for (var lag = 0; lag < correlation.Length; lag++) correlation[lag] = sums[lag] / sums[0] * n / (n - lag);
        return correlation;
    }

    // The highest peaks of the spectrum: how often a period goes into the series.
    private static IEnumerable<int> Peaks(double[] centred)
    {
        var (real, imaginary) = ((double[])centred.Clone(), new double[centred.Length]);
        Fourier.Transform(real, imaginary, false);
        var power = new double[(centred.Length / 2) + 1];
        for (var i = 0; i < power.Length; i++) power[i] = (real[i] * real[i]) + (imaginary[i] * imaginary[i]);
        return Enumerable.Range(2, power.Length - 2)
            .Where(i => power[i] > power[i - 1] && (i + 1 == power.Length || power[i] >= power[i + 1]))
            .OrderByDescending(i => power[i]).Take(MostPeaks);
    }

    private static int Best(double[] correlation, int from, int to)
    {
        var best = Math.Max(2, from);
        for (var lag = best + 1; lag <= Math.Min(to, correlation.Length - 1); lag++)
            if (correlation[lag] > correlation[best]) best = lag;
        return best;
    }
}
