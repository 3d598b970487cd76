namespace Orleans.Simulation;

/// <summary>A clock that moves only when told to, and fires its timers in order of their due times while it moves.</summary>
/// <remarks>Timer callbacks run on the thread that moves the clock. Reading the clock and making timers is thread-safe.</remarks>
/// <param name="start">The time at first.</param>
public sealed class SimulatedTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly SortedSet<SimulatedTimer> _timers = new(SimulatedTimer.ByDueTime);
    private long _elapsed;
    private long _timerCount;

    /// <summary>A clock that starts at 2026-01-01T00:00:00Z.</summary>
    public SimulatedTimeProvider() : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>Ticks of 100 ns.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => new(Volatile.Read(ref _elapsed));

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>Time from now to the next timer; null when there is none.</summary>
    public TimeSpan? UntilNextTimer
    {
        get
        {
            lock (_lock) return _timers.Min is { } timer ? new TimeSpan(Math.Max(0, timer.DueAt - _elapsed)) : null;
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start + Elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _elapsed);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new SimulatedTimer(this, callback, state, Interlocked.Increment(ref _timerCount));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock forward. Each timer that comes due fires at its own time, those it makes on the way too.</summary>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var until = Volatile.Read(ref _elapsed) + time.Ticks;
        // Nobody's continuations may run within the callbacks as if they were the caller's.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            while (NextDue(until) is { } timer) timer.Fire();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }

        Volatile.Write(ref _elapsed, until);
    }

    /// <summary>Moves the clock to the next timer and fires it and whatever is due at the same time. Returns false if there is none.</summary>
    public bool AdvanceToNextTimer()
    {
        if (UntilNextTimer is not { } time) return false;
        Advance(time);
        return true;
    }

    internal void Schedule(SimulatedTimer timer, TimeSpan dueTime)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            if (dueTime < TimeSpan.Zero) return;
            timer.DueAt = _elapsed + dueTime.Ticks;
            _timers.Add(timer);
        }
    }

    private SimulatedTimer? NextDue(long until)
    {
        lock (_lock)
        {
            if (_timers.Min is not { } timer || timer.DueAt > until) return null;
            _timers.Remove(timer);
            Volatile.Write(ref _elapsed, Math.Max(_elapsed, timer.DueAt));
            return timer;
        }
    }
}
