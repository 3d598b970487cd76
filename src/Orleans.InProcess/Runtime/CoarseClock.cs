namespace Orleans.Runtime;

/// <summary>The engine's clock for ages and timeouts: advanced once per sweep, so that reading it costs nothing.</summary>
internal sealed class CoarseClock(TimeProvider time)
{
    private long _now;

    /// <summary>Ticks (100 ns) since the engine was made, as of the last sweep.</summary>
    public long Now => Volatile.Read(ref _now);

    private long Start { get; } = time.GetTimestamp();

    public void Advance() => Volatile.Write(ref _now, time.GetElapsedTime(Start).Ticks);
}
