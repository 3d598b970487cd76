namespace Snowplow.Kql.Functions;

/// <summary>A series as the sum of a seasonal part, a trend and a residual.</summary>
/// <param name="Seasonal">What repeats: the median of the numbers at the same place of a period; zeros where nothing does.</param>
/// <param name="Trend">The mean of what is left, a line through it, or zeros.</param>
/// <param name="Baseline">The sum of both.</param>
/// <param name="Residual">The series less the baseline; NaN where the series has no number.</param>
internal sealed record Decomposition(double[] Seasonal, double[] Trend, double[] Baseline, double[] Residual)
{
    /// <summary>The seasonality that is to be found.</summary>
    public const long Auto = -1;

    /// <summary>Takes a series apart. The last numbers may be left out of what is learned. Null where the series is none, or nothing is left to learn from.</summary>
    /// <param name="series">The series.</param>
    /// <param name="seasonality">The period; 0 for none, <see cref="Auto"/> to find it.</param>
    /// <param name="trend"><c>avg</c>, <c>linefit</c> or <c>none</c>.</param>
    /// <param name="testPoints">How many numbers at the end are left out.</param>
    /// <param name="threshold">The score from which on a period that is found counts.</param>
    /// <exception cref="KqlException">There is no such trend.</exception>
    public static Decomposition? Of(object? series, long seasonality, string trend, long testPoints, double threshold)
    {
        if (SeriesNumbers.Of(series) is not { Length: > 0 } numbers || testPoints < 0 || testPoints >= numbers.Length) return null;
        var known = numbers[..^(int)testPoints];
        var seasonal = Seasons(known, numbers.Length, seasonality == Auto ? Found(known, threshold, isFlat: true) : seasonality);
        var fit = LineFit.Of([.. known.Select((number, i) => number - seasonal[i])]);
        var line = trend switch
        {
            "avg" => Enumerable.Repeat(fit.Mean, numbers.Length).ToArray(),
            "linefit" => fit.Line(numbers.Length),
            "none" => new double[numbers.Length],
            _ => throw new KqlException(KqlErrorKind.Runtime, $"There is no trend '{trend}': expected 'avg', 'linefit' or 'none'"),
        };
        double[] baseline = [.. seasonal.Zip(line, (a, b) => a + b)];
        return new Decomposition(seasonal, line, baseline, [.. numbers.Zip(baseline, (a, b) => a - b)]);
    }

    /// <summary>The period of a series; 0 where its score is below a threshold.</summary>
    public static long Found(double[] numbers, double threshold, bool isFlat) =>
        Periods.Detect(numbers, 0, numbers.Length, isFlat) is [var (period, score), ..] && score >= threshold ? period : 0;

    /// <summary>For each place of a series the median of the known numbers that are whole periods away; zeros where the period is not positive.</summary>
    public static double[] Seasons(double[] known, int length, long period)
    {
        var seasonal = new double[length];
        if (period <= 0) return seasonal;
        var numbers = new List<double>();
        for (var phase = 0; phase < Math.Min(period, length); phase++)
        {
            numbers.Clear();
            for (long i = phase; i < known.Length; i += period)
                if (double.IsFinite(known[i])) numbers.Add(known[i]);
            numbers.Sort();
            var median = numbers.Count == 0 ? 0 : (numbers[(numbers.Count - 1) / 2] + numbers[numbers.Count / 2]) / 2;
            for (long i = phase; i < length; i += period) seasonal[i] = median;
        }

        return seasonal;
    }
}
