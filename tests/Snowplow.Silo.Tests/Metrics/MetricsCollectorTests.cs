using System.Diagnostics.Metrics;
using Snowplow.Silo.Metrics;

namespace Snowplow.Silo.Tests.Metrics;

public sealed class MetricsCollectorTests : IDisposable
{
    private readonly string _name = $"Test.{Guid.NewGuid():N}";
    private readonly Meter _meter;
    private readonly MetricsCollector _collector;

    public MetricsCollectorTests()
    {
        _meter = new Meter(_name);
        _collector = new MetricsCollector(instrument => instrument.Meter.Name == _name);
    }

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Collect_WhenCounterHasTags_WritesASampleForEachSet()
    {
        var counter = _meter.CreateCounter<long>("snowplow.events", "{event}", "Events by kind.");
        counter.Add(2, new KeyValuePair<string, object?>("kind", "pv"), new KeyValuePair<string, object?>("app", "a"));
        counter.Add(3, new KeyValuePair<string, object?>("app", "a"), new KeyValuePair<string, object?>("kind", "pv"));
        counter.Add(1, new KeyValuePair<string, object?>("kind", "pp"), new KeyValuePair<string, object?>("app", "a"));

        _collector.Collect().ShouldBe(
            """
            # HELP snowplow_events_total Events by kind.
            # TYPE snowplow_events_total counter
            snowplow_events_total{app="a",kind="pv"} 5
            snowplow_events_total{app="a",kind="pp"} 1

            """);
    }

    [Fact]
    public void Collect_WhenHistogramIsRecorded_WritesCumulativeBucketsSumAndCount()
    {
        var histogram = _meter.CreateHistogram(
            "append.duration", "s", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.5] });
        foreach (var value in new[] { 0.1, 0.25, 0.5, 7 })
            histogram.Record(value);

        _collector.Collect().ShouldBe(
            """
            # TYPE append_duration_seconds histogram
            append_duration_seconds_bucket{le="0.1"} 1
            append_duration_seconds_bucket{le="0.5"} 3
            append_duration_seconds_bucket{le="+Inf"} 4
            append_duration_seconds_sum 7.85
            append_duration_seconds_count 4

            """);
    }

    [Fact]
    public void Collect_WhenObservableSeriesAreGone_DropsThem()
    {
        var partitions = new List<string> { "p0", "p1" };
        _meter.CreateObservableGauge(
            "lag", () => partitions.Select(p => new Measurement<int>(4, new KeyValuePair<string, object?>("partition", p))), "{record}");

        _collector.Collect().ShouldContain("lag{partition=\"p1\"} 4");
        partitions.RemoveAt(1);

        _collector.Collect().ShouldBe("# TYPE lag gauge\nlag{partition=\"p0\"} 4\n");
    }

    [Fact]
    public void Collect_WhenUpDownCounterFalls_WritesAGauge()
    {
        var counter = _meter.CreateUpDownCounter<int>("held", "By");
        counter.Add(10);
        counter.Add(-4);

        _collector.Collect().ShouldBe("# TYPE held_bytes gauge\nheld_bytes 6\n");
    }

    [Fact]
    public void Collect_OfTheRuntime_WritesWhatMayFallAsGauges()
    {
        using var collector = new MetricsCollector(ExportedInstruments.Contains);

        var lines = collector.Collect().Split('\n');

        lines.ShouldContain("# TYPE dotnet_thread_pool_thread_count gauge");
        lines.ShouldContain("# TYPE dotnet_thread_pool_queue_length gauge");
        lines.ShouldContain("# TYPE dotnet_thread_pool_work_item_count_total counter");
    }

    [Fact]
    public void Collect_WhenTextNeedsEscapes_EscapesIt()
    {
        var counter = _meter.CreateCounter<int>("odd", null, "A \\ and\na line");
        counter.Add(1, new KeyValuePair<string, object?>("the path", "a\"b\\c\nd"));

        _collector.Collect().ShouldBe(
            """
            # HELP odd_total A \\ and\na line
            # TYPE odd_total counter
            odd_total{the_path="a\"b\\c\nd"} 1

            """);
    }

    [Fact]
    public void Record_WhenTagsGoWild_KeepsABoundedNumberOfSeries()
    {
        var counter = _meter.CreateCounter<long>("wild");
        for (var i = 0; i < MetricInstrument.MostSeries + 500; i++)
            counter.Add(1, new KeyValuePair<string, object?>("id", i));

        var lines = _collector.Collect().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(MetricInstrument.MostSeries + 2);
        lines.ShouldContain("wild_total{overflow=\"true\"} 500");
    }

    [Fact]
    public void Record_WhenManyThreadsMeasure_LosesNothing()
    {
        var counter = _meter.CreateCounter<double>("shared");
        Parallel.For(0, 10_000, i => counter.Add(1, new KeyValuePair<string, object?>("slot", i % 3)));

        _collector.Collect().Split('\n').Where(line => line.StartsWith("shared_total{")).Sum(line => double.Parse(line.Split(' ')[1])).ShouldBe(10_000);
    }

    [Theory]
    [InlineData("http.server.request.duration", "s", "http_server_request_duration_seconds")]
    [InlineData("dotnet.gc.heap.size", "By", "dotnet_gc_heap_size_bytes")]
    [InlineData("2nd--thing", null, "_2nd_thing")]
    [InlineData("already_seconds", "s", "already_seconds")]
    internal void Metric_WhenNamedByInstrument_FollowsPrometheusRules(string name, string? unit, string expected) =>
        PrometheusName.Metric(name, unit, InstrumentKind.Gauge).ShouldBe(expected);
}
