namespace Orleans.Simulation;

/// <summary>A timer of a <see cref="SimulatedTimeProvider"/>.</summary>
internal sealed class SimulatedTimer(SimulatedTimeProvider time, TimerCallback callback, object? state, long number) : ITimer
{
    private TimeSpan _period;
    private bool _disposed;

    /// <summary>Orders by due time, then by age, so that every run fires in the same order.</summary>
    public static IComparer<SimulatedTimer> ByDueTime { get; } = Comparer<SimulatedTimer>.Create(
        static (left, right) => (left.DueAt, left.Number).CompareTo((right.DueAt, right.Number)));

    /// <summary>When it fires next, in ticks since the clock's start. Changed by the clock only, under its lock.</summary>
    public long DueAt { get; set; }

    private long Number => number;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_disposed) return false;
        _period = period;
        time.Schedule(this, dueTime);
        return true;
    }

    public void Fire()
    {
        if (_disposed) return;
        if (_period > TimeSpan.Zero) time.Schedule(this, _period);
        callback(state);
    }

    public void Dispose()
    {
        _disposed = true;
        time.Schedule(this, Timeout.InfiniteTimeSpan);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
