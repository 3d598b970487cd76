using Snowplow.Silo.Simulate;

namespace Snowplow.Silo.Tests.Simulate;

public sealed class LatencyHistogramTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Percentile_WhenValuesSpanSevenDecades_IsWithinABucketOfTheExactOne(int seed)
    {
        var random = new Random(seed);
        var histogram = new LatencyHistogram();
        var values = Enumerable.Range(0, 5000).Select(_ => Math.Floor(Math.Pow(10, random.NextDouble() * 9))).ToArray();
        foreach (var micros in values)
            histogram.Record(TimeSpan.FromMicroseconds(micros));
        Array.Sort(values);

        foreach (var percent in new[] { 1.0, 50, 90, 99, 99.9, 100 })
        {
            var exact = values[(int)Math.Ceiling(values.Length * percent / 100) - 1];
            var estimate = histogram.Percentile(percent).TotalMicroseconds;
            estimate.ShouldBeInRange(exact, (exact * 1.016) + 1, $"percentile {percent}");
        }

        histogram.Max.TotalMicroseconds.ShouldBe(values[^1]);
        histogram.Count.ShouldBe(values.Length);
    }

    [Fact]
    public void Percentile_WhenNothingIsRecorded_IsZero() => new LatencyHistogram().Percentile(99).ShouldBe(TimeSpan.Zero);

    [Fact]
    public void Record_WhenLatencyIsOutOfRange_CountsItAtTheEdge()
    {
        var histogram = new LatencyHistogram();
        histogram.Record(TimeSpan.FromSeconds(-1));
        histogram.Record(TimeSpan.FromDays(1));

        histogram.Count.ShouldBe(2);
        histogram.Percentile(50).ShouldBe(TimeSpan.Zero);
    }
}
