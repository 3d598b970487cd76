namespace Snowplow.Silo.Simulate;

/// <summary>
/// Sends the traffic at its rate. The schedule is open-loop: each request has a time at which it is due, whatever
/// became of those before it, and its latency counts from then; at most <see cref="SimulateConfig.Connections"/> are in
/// flight at a time, so a slow collector shows as latency and not as a lower rate that hides it.
/// </summary>
internal sealed class Simulation : IDisposable
{
    /// <summary>How long after its time a run may still send what was due in it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly SimulateConfig _config;
    private readonly TimeProvider _clock;
    private readonly Traffic _traffic;
    private readonly RequestSender _sender;
    private readonly EventIdFile? _sentIds;
    private readonly EventIdFile? _acknowledgedIds;
    private readonly Lock _turn = new();
    private long _scheduledEvents;
    private long _start;

    public Simulation(SimulateConfig config, TimeProvider clock)
    {
        _config = config;
        _clock = clock;
        _traffic = new Traffic(config, clock);
        _sender = new RequestSender(config.Collector, config.Connections);
        _sentIds = config.SentFile is { } sent ? new EventIdFile(sent) : null;
        _acknowledgedIds = config.AcknowledgedFile is { } acknowledged ? new EventIdFile(acknowledged) : null;
    }

    /// <summary>The counts so far.</summary>
    public SimulateProgress Progress { get; } = new();

    /// <summary>
    /// Sends everything, or what there is time for. When <paramref name="stop"/> is cancelled, no further request
    /// starts, and those under way are answered.
    /// </summary>
    public async Task<SimulateReport> Run(CancellationToken stop)
    {
        _start = _clock.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, _config.Connections).Select(_ => Task.Run(() => SendRequests(stop), CancellationToken.None)))
            .ConfigureAwait(false);
        return Progress.Report();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sender.Dispose();
        _sentIds?.Dispose();
        _acknowledgedIds?.Dispose();
    }

    private async Task SendRequests(CancellationToken stop)
    {
        while (Next(out var due) is { } request)
        {
            var early = due - _clock.GetElapsedTime(_start);
            // A timer is exact to a millisecond at best: waiting for less would only add to the latency.
            if (early > TimeSpan.FromMilliseconds(0.5))
                await Task.Delay(early, _clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                return;
            if (_config.Duration is { } duration && _clock.GetElapsedTime(_start) > duration + Grace)
                Progress.CountUnsent(request.EventIds.Count);
            else
                await Send(request, due, stop).ConfigureAwait(false);
        }
    }

    private async Task Send(TrackerRequest request, TimeSpan due, CancellationToken stop)
    {
        var events = request.EventIds.Count;
        _sentIds?.Append(request.EventIds);
        Progress.CountSent(events);
        var failure = await _sender.Send(request, _config.Retries, _clock, Progress.CountRetry, stop).ConfigureAwait(false);
        if (failure is not null)
        {
            Progress.CountFailed(events, failure);
            return;
        }

        _acknowledgedIds?.Append(request.EventIds);
        Progress.CountAcknowledged(events, _clock.GetElapsedTime(_start) - due);
    }

    /// <summary>The next request, and when after the start it is due: as many events in as the rate asks for.</summary>
    private TrackerRequest? Next(out TimeSpan due)
    {
        lock (_turn)
        {
            due = _config.Rate > 0 ? TimeSpan.FromSeconds(_scheduledEvents / _config.Rate) : _clock.GetElapsedTime(_start);
            if (_config.Rate <= 0 && _config.Duration is { } duration && due > duration)
                return null;
            var request = _traffic.Next();
            _scheduledEvents += request?.EventIds.Count ?? 0;
            return request;
        }
    }
}
