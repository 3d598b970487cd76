using System.Numerics;
using Snowplow.Kql.Functions;

namespace Snowplow.Kql.Tests.Properties;

/// <summary>Laws of the functions of series, and what they find in series whose parts are known.</summary>
public sealed class SeriesLawTests
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 5_000 : 100;

    [Fact]
    public void Fourier_OfAnyLength_IsTheSumOfItsDefinitionAndItsInverseGoesBack()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var n = random.Next(1, 70);
            var (real, imaginary) = (Numbers(random, n), Numbers(random, n));
            var (a, b) = ((double[])real.Clone(), (double[])imaginary.Clone());

            Fourier.Transform(a, b, isBack: false);

            for (var k = 0; k < n; k++)
            {
                var sum = Complex.Zero;
                for (var j = 0; j < n; j++) sum += new Complex(real[j], imaginary[j]) * Complex.FromPolarCoordinates(1, -2 * Math.PI * j * k / n);
                (a[k] - sum.Real).ShouldBe(0, 1e-9, $"seed {seed}");
                (b[k] - sum.Imaginary).ShouldBe(0, 1e-9, $"seed {seed}");
            }

            Fourier.Transform(a, b, isBack: true);
            Near(a, real, 1e-12, seed);
            Near(b, imaginary, 1e-12, seed);
        }
    }

    [Theory]
    [InlineData(1 << 20)]
    [InlineData(999_983)]
    public void Fourier_OfTheLongestSeries_GoesBack(int length)
    {
        var random = new Random(length);
        var (real, imaginary) = (Numbers(random, length), Numbers(random, length));
        var (a, b) = ((double[])real.Clone(), (double[])imaginary.Clone());

        Fourier.Transform(a, b, isBack: false);
        Fourier.Transform(a, b, isBack: true);

        Near(a, real, 1e-9, 0);
        Near(b, imaginary, 1e-9, 0);
    }

    [Fact]
    public void Iir_WithTheWeightsOfAFirAsDivisors_UndoesIt()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var series = Numbers(random, random.Next(0, 200));
            double[] weights = [4, .. Numbers(random, random.Next(0, 4))];

            var filtered = SeriesFilter.Fir(series, weights, normalizes: false, isCentred: false)!;

            Near(SeriesFilter.Iir(filtered, [1], weights), series, 1e-9, seed);
            Near(SeriesFilter.Iir(series, weights, [1]), filtered, 1e-9, seed);
        }
    }

    [Fact]
    public void Fir_ByTransform_GivesTheSumsAndLosesNoNumberThatIsKnown()
    {
        var random = new Random(1);
        var series = Numbers(random, 6000);
        series[3000] = double.NaN;
        var weights = Numbers(random, 1000);

        var filtered = SeriesFilter.Fir(series, weights, normalizes: false, isCentred: false)!;

        for (var i = 0; i < series.Length; i += 37)
        {
            var sum = 0.0;
            for (var k = 0; k < weights.Length && k <= i; k++) sum += weights[k] * series[i - k];
            if (double.IsNaN(sum)) filtered[i].ShouldBe(double.NaN);
            else filtered[i].ShouldBe(sum, 1e-9);
        }
    }

    [Fact]
    public void TwoLines_OfAnySeries_AreTheBestOfAllSplits()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var series = Numbers(random, random.Next(4, 40));

            var fit = TwoLineFit.Describe(SeriesNumbers.ToArray(series))!;

            var best = Enumerable.Range(2, series.Length - 3).Min(split => LineFit.Of(series.AsSpan(0, split)).RestSquares + LineFit.Of(series.AsSpan(split)).RestSquares);
            ((double)fit["rvariance"]! * (series.Length - 1)).ShouldBe(best, 1e-9, $"seed {seed}");
        }
    }

    [Fact]
    public void Line_OfTheLongestSeries_HasItsSlope()
    {
        var series = Enumerable.Range(0, 1 << 20).Select(i => 1e6 + (0.25 * i)).ToArray();

        var fit = LineFit.Of(series);

        fit.Slope.ShouldBe(0.25, 1e-12);
        fit.Interception.ShouldBe(1e6, 1e-5);
        fit.RSquare.ShouldBe(1, 1e-9);
    }

    [Fact]
    public void Periods_OfSeriesWithNoise_AreFound()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var period = random.Next(4, 60);
            var shape = Numbers(random, period);
            // A shape with a shorter period of its own would have that one; some are nearly so.
            shape[0] += 6;
            var series = Enumerable.Range(0, (period * random.Next(4, 12)) + random.Next(period)).Select(i => shape[i % period] + (0.2 * random.NextDouble()) + (0.001 * i)).ToArray();

            var found = Periods.Detect(series, 0, series.Length, isFlat: true);

            found[0].Period.ShouldBe(period, $"seed {seed}: {string.Join(", ", found)} of {series.Length}");
            found[0].Score.ShouldBeGreaterThan(0.8);
        }
    }

    [Fact]
    public void Periods_OfTheLongestSeries_AreFound()
    {
        var random = new Random(3);
        var series = Enumerable.Range(0, 1 << 20).Select(i => Math.Sin(2 * Math.PI * i / 24) + (3 * Math.Sin(2 * Math.PI * i / 168)) + random.NextDouble()).ToArray();

        Periods.Detect(series, 100, 1000, isFlat: false)[0].Period.ShouldBe(168);
    }

    [Fact]
    public void Periods_OfNoise_HaveLowScores()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);

            Periods.Detect(Numbers(random, 400), 0, 400, isFlat: false).ShouldAllBe(one => one.Score < 0.35, $"seed {seed}");
        }
    }

    [Fact]
    public void Decomposition_OfWeeksWithATrendAndOutliers_FindsAllThree()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            // The series of the documentation: hours of five weeks, week-ends lower, a slow rise and some outliers.
            var series = Enumerable.Range(1, 24 * 7 * 5).Select(t => (2 * random.NextDouble()) + (t / 24 % 7 >= 5 ? 5 : 15) - (t % 24 / 10 * (t % 24 / 10)) + (t / 72.0)).ToArray();
            foreach (var t in new[] { 150, 200, 780 }) series[t - 1] -= 8;
            foreach (var t in new[] { 300, 400, 600 }) series[t - 1] += 8;

            var parts = Decomposition.Of(SeriesNumbers.ToArray(series), Decomposition.Auto, "linefit", 0, 0.6)!;
            var scores = Outliers.Scores(parts.Residual, series.Length, "ctukey", 10, 90);

            // What repeats, repeats by weeks; both parts together are the series without noise.
            for (var i = 168; i < series.Length; i++) parts.Seasonal[i].ShouldBe(parts.Seasonal[i - 168]);
            ((parts.Trend[^1] - parts.Trend[0]) / (series.Length - 1)).ShouldBe(1 / 72.0, 0.002, $"seed {seed}");
            var expected = new[] { 150, 200, 780, 300, 400, 600 };
            foreach (var t in expected) (scores[t - 1] * (t is 150 or 200 or 780 ? -1 : 1)).ShouldBeGreaterThan(1.5, $"seed {seed} at {t}");
            scores.Count(score => Math.Abs(score) > 2.5).ShouldBeLessThan(10, $"seed {seed}");
        }
    }

    [Fact]
    public void Forecast_OfWeeksWithATrend_IsNearWhatComes()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            double Truth(int t) => 20 + (5 * Math.Sin(2 * Math.PI * t / 24)) + (t / 24 % 7 >= 5 ? -6 : 0) + (t / 100.0);
            var series = Enumerable.Range(0, 24 * 7 * 5).Select(t => t < 24 * 7 * 4 ? Truth(t) + random.NextDouble() - 0.5 : double.NaN).ToArray();

            var forecast = Decomposition.Of(SeriesNumbers.ToArray(series), Decomposition.Auto, "linefit", 24 * 7, 0.6)!.Baseline;

            // The medians of a series that rises hold part of the rise, so that the line is somewhat flat.
            for (var t = 24 * 7 * 4; t < series.Length; t++) forecast[t].ShouldBe(Truth(t), 2.5, $"seed {seed} at {t}");
        }
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextDouble()) - 1)];

    private static void Near(double[] actual, double[] expected, double tolerance, int seed)
    {
        actual.Length.ShouldBe(expected.Length);
        for (var i = 0; i < actual.Length; i++)
            if (Math.Abs(actual[i] - expected[i]) > tolerance) Assert.Fail($"seed {seed} at {i}: {actual[i]}, expected {expected[i]}");
    }
}
