using System.Diagnostics.Metrics;

namespace Snowplow.Warehouse;

/// <summary>What a server's warehouse counts and measures.</summary>
internal sealed class WarehouseMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Snowplow.Warehouse";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _flushes;

    public WarehouseMetrics(EmbeddedWarehouse warehouse)
    {
        _failures = _meter.CreateCounter<long>("snowplow.warehouse.failures", "{failure}", "Failures of the warehouse's work that are being retried.");
        _flushes = _meter.CreateHistogram<double>("snowplow.warehouse.flush_duration", "s", "Time to write the rows in memory into extents.");
        _meter.CreateObservableCounter("snowplow.warehouse.events", () => warehouse.EventsLoaded, "{event}", "Enriched events loaded since the start.");
        _meter.CreateObservableGauge("snowplow.warehouse.rows_in_memory", () => warehouse.RowsInMemory, "{row}", "Rows not yet in an extent.");
        _meter.CreateObservableGauge("snowplow.warehouse.extents", () => warehouse.Extents.Count, "{extent}", "Extents on disk, of all tables.");
        _meter.CreateObservableGauge("snowplow.warehouse.size", () => warehouse.Extents.SizeBytes, "By", "Bytes of the extents' rows on disk.");
        _meter.CreateObservableGauge("snowplow.warehouse.problem", () => warehouse.Problem is null ? 0 : 1, "{warehouse}", "1 while the warehouse retries what failed: alarm when it stays.");
    }

    public void Failed() => _failures.Add(1);

    public void Flushed(TimeSpan took) => _flushes.Record(took.TotalSeconds);

    public void Dispose() => _meter.Dispose();
}
