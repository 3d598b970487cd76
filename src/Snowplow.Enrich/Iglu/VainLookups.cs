namespace Snowplow.Enrich.Iglu;

/// <summary>
/// Bounds the time that goes into asking HTTP registries for schemas which none of them has, so that events with made-up schema
/// names cannot hold up the others. Thread-safe.
/// </summary>
internal sealed class VainLookups
{
    private readonly Lock _gate = new();
    private readonly TimeSpan _perMinute;
    private readonly TimeProvider _time;
    private TimeSpan _left;
    private long _counted;

    /// <summary>Starts with the time of a minute.</summary>
    /// <param name="perMinute">The time for a minute. It comes back evenly, and is not saved up beyond that.</param>
    /// <param name="time">The clock.</param>
    public VainLookups(TimeSpan perMinute, TimeProvider time)
    {
        (_perMinute, _left) = (perMinute, perMinute);
        (_time, _counted) = (time, time.GetTimestamp());
    }

    /// <summary>Whether there is time left to ask.</summary>
    public bool MayAsk
    {
        get
        {
            lock (_gate)
            {
                Refill();
                return _left > TimeSpan.Zero;
            }
        }
    }

    /// <summary>A lookup took this long and found nothing.</summary>
    public void Spend(TimeSpan duration)
    {
        lock (_gate)
        {
            Refill();
            _left -= duration;
        }
    }

    private void Refill()
    {
        var now = _time.GetTimestamp();
        var refilled = _left + _time.GetElapsedTime(_counted, now) * (_perMinute / TimeSpan.FromMinutes(1));
        _left = refilled < _perMinute ? refilled : _perMinute;
        _counted = now;
    }
}
