namespace Snowplow.Enrich.Iglu;

/// <summary>
/// Remembers that a registry is down, so that lookups fail at once for a while instead of each waiting for it. When the time is
/// over one lookup tries; the others wait for its result in no way and fail at once until it has succeeded. Thread-safe.
/// </summary>
internal sealed class RegistryCircuit(TimeSpan minBackoff, TimeSpan maxBackoff, TimeProvider time)
{
    private readonly Lock _gate = new();
    private RegistryError? _lastError;
    private DateTimeOffset _closedUntil;
    private TimeSpan _backoff;
    private bool _isTrying;

    /// <summary>Whether the registry may be asked now; if not, what went wrong when it last was.</summary>
    public bool TryEnter(out RegistryError? lastError)
    {
        lock (_gate)
        {
            lastError = _lastError;
            if (_backoff == TimeSpan.Zero)
                return true;
            if (_isTrying || time.GetUtcNow() < _closedUntil)
                return false;

            _isTrying = true;
            return true;
        }
    }

    /// <summary>The registry answered, be it "not found".</summary>
    public void Succeeded()
    {
        lock (_gate)
        {
            _backoff = TimeSpan.Zero;
            _isTrying = false;
            _lastError = null;
        }
    }

    /// <summary>The registry failed. A trial that fails prolongs the pause.</summary>
    public void Failed(RegistryError error)
    {
        lock (_gate)
        {
            _lastError = error;
            if (_isTrying)
                Pause();
        }
    }

    /// <summary>A lookup has used up its time on a registry that kept failing: it is down.</summary>
    public void GaveUp()
    {
        lock (_gate)
        {
            if (_backoff == TimeSpan.Zero)
                Pause();
        }
    }

    private void Pause()
    {
        _isTrying = false;
        _backoff = _backoff == TimeSpan.Zero ? minBackoff : _backoff * 2 < maxBackoff ? _backoff * 2 : maxBackoff;
        _closedUntil = time.GetUtcNow() + _backoff;
    }
}
