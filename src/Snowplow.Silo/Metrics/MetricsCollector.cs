using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Snowplow.Silo.Metrics;

/// <summary>
/// Listens to the instruments of this process that are wanted and keeps what they measure, for <c>/metrics</c>. Safe from several threads.
/// </summary>
internal sealed class MetricsCollector : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, MetricInstrument> _instruments = new();
    private readonly Lock _collecting = new();

    public MetricsCollector(Func<Instrument, bool> isWanted)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (isWanted(instrument))
                listener.EnableMeasurementEvents(instrument, _instruments.GetOrAdd(instrument, published => new MetricInstrument(published)));
        };
        _listener.MeasurementsCompleted = (instrument, _) => _instruments.TryRemove(instrument, out MetricInstrument? _);
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record(value, tags, state));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Record((double)value, tags, state));
        _listener.Start();
    }

    /// <summary>Everything measured so far, in Prometheus' text format; observable instruments are asked now.</summary>
    public string Collect()
    {
        lock (_collecting)
        {
            foreach (var instrument in _instruments.Values.Where(instrument => instrument.IsObservable))
                instrument.Clear();
            _listener.RecordObservableInstruments();
            return PrometheusText.Write(_instruments.Values);
        }
    }

    /// <summary>The sum of a counter over all its series, by its name in Prometheus' form; 0 while nothing was counted.</summary>
    public double Sum(string name) =>
        _instruments.Values.Where(instrument => instrument.Name == name).SelectMany(instrument => instrument.Series).Sum(series => series.Value);

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state) =>
        ((MetricInstrument)state!).Record(value, tags);
}
