using System.Diagnostics.Metrics;
using Snowplow.Collector.Responses;

namespace Snowplow.Collector;

/// <summary>The meter <c>Snowplow.Collector</c>.</summary>
internal sealed class CollectorMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Snowplow.Collector";

    private readonly Counter<long> _requests;
    private readonly Counter<long> _payloadBytes;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _notTracked;
    private readonly Counter<long> _bounced;
    private readonly Histogram<double> _appendDuration;

    public CollectorMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _requests = meter.CreateCounter<long>("snowplow.collector.requests", "{request}", "Requests on event routes");
        _payloadBytes = meter.CreateCounter<long>("snowplow.collector.payload.size", "By", "Bytes of collector payloads stored");
        _rejected = meter.CreateCounter<long>("snowplow.collector.rejected", "{request}", "Requests on event routes not accepted, by reason");
        _notTracked = meter.CreateCounter<long>("snowplow.collector.not_tracked", "{request}", "Requests not stored, since their do-not-track cookie says so");
        _bounced = meter.CreateCounter<long>("snowplow.collector.bounced", "{request}", "Pixels sent back once to see whether the client keeps cookies");
        _appendDuration = meter.CreateHistogram<double>("snowplow.collector.append.duration", "s", "Time until a payload is durable in the raw stream");
    }

    public void NotTracked() => _notTracked.Add(1);

    public void Bounced() => _bounced.Add(1);

    public void Received() => _requests.Add(1);

    public void Stored(int payloadBytes, TimeSpan duration)
    {
        _payloadBytes.Add(payloadBytes);
        _appendDuration.Record(duration.TotalSeconds);
    }

    public void Rejected(Rejection rejection) => _rejected.Add(1, new KeyValuePair<string, object?>("reason", rejection.Reason));
}
