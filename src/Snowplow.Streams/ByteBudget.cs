namespace Snowplow.Streams;

/// <summary>A bound on bytes held at one time. Thread-safe.</summary>
/// <param name="limit">The bound.</param>
public sealed class ByteBudget(long limit)
{
    private long _used;

    /// <summary>Takes so many bytes, or none if they would pass the bound.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= limit) return true;
        Return(bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Return(long bytes) => Interlocked.Add(ref _used, -bytes);
}
