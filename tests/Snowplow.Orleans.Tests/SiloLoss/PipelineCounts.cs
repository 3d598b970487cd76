using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Snowplow.Orleans.Tests.SiloLoss;

/// <summary>What the pipeline counts while this listens, over all silos of the process.</summary>
internal sealed class PipelineCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new();

    public PipelineCounts()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is Counter<long> && instrument.Meter.Name == "Snowplow.Pipeline") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => _counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        _listener.Start();
    }

    /// <summary>How often a partition noticed that something was lost: a grain's memory, or a silo under a call.</summary>
    public long Losses => _counts.GetValueOrDefault("snowplow.pipeline.replays") + _counts.GetValueOrDefault("snowplow.pipeline.failures");

    public override string ToString() => string.Join(", ", _counts.OrderBy(count => count.Key).Select(count => $"{count.Key} {count.Value}"));

    public void Dispose() => _listener.Dispose();
}
