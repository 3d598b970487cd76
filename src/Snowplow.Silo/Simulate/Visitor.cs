namespace Snowplow.Silo.Simulate;

/// <summary>
/// One simulated tracker: a browser, an app, a server or a pixel. It acts at simulated times of its own choosing, one
/// event each time, and collects its events into requests as its tracker would.
/// </summary>
/// <param name="shared">What all visitors of the run share.</param>
/// <param name="client">What its requests' headers say.</param>
/// <param name="isGet">Sends each event as a GET of the pixel instead of collecting events for a POST.</param>
/// <param name="random">Its own randomness.</param>
internal abstract class Visitor(VisitorContext shared, Client client, bool isGet, SeededRandom random)
{
    private SeededRandom _random = random;
    private TrackerRequest? _pending;
    private bool _isComplete;

    /// <summary>The simulated time at which it acts next, in milliseconds; null when it will not act again.</summary>
    public long? NextAct { get; private set; } = 0;

    /// <summary>The visitor's own randomness.</summary>
    protected ref SeededRandom Random => ref _random;

    /// <summary>What all visitors of the run share.</summary>
    protected VisitorContext Shared => shared;

    /// <summary>True for single events in query strings.</summary>
    protected bool IsGet => isGet;

    /// <summary>Events that wait for their request to fill up.</summary>
    protected int PendingEvents => _isComplete ? 0 : _pending?.EventIds.Count ?? 0;

    /// <summary>Acts at the simulated time given: writes exactly one event and sets <see cref="NextAct"/>.</summary>
    public void Act(long now) => NextAct = now + Step(now);

    /// <summary>The request that is ready to be sent, if any, which then is the caller's.</summary>
    public TrackerRequest? TakeComplete()
    {
        if (!_isComplete)
            return null;
        var request = _pending;
        _pending = null;
        _isComplete = false;
        return request;
    }

    /// <summary>Ends the request as it is, as a tracker does when its page is left.</summary>
    public void Flush()
    {
        if (_pending is null || _isComplete)
            return;
        _pending.Close();
        _isComplete = true;
    }

    /// <summary>Writes one event and returns the milliseconds until the next; null to leave for good.</summary>
    protected abstract long? Step(long now);

    /// <summary>Begins an event with a fresh id and the device's time.</summary>
    protected TrackerRequest BeginEvent(ReadOnlySpan<byte> type, Guid eventId, long now)
    {
        _pending ??= new TrackerRequest(client, isGet);
        _pending.Begin(eventId);
        _pending.Add("e"u8, type);
        _pending.Add("dtm"u8, shared.Timeline.DeviceTime(now));
        return _pending;
    }

    /// <summary>Ends the event, and the request when it is full.</summary>
    protected void EndEvent(TrackerRequest request)
    {
        request.End();
        if (isGet || request.EventIds.Count >= shared.BatchSize)
            Flush();
    }
}
