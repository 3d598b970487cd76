namespace Snowplow.Silo.Kusto;

/// <summary>Lets some queries run at once and some wait for them, so that no number of clients takes the machine from the collector.</summary>
internal sealed class QueryGate : IDisposable
{
    /// <summary>Most queries at work. Each uses all cores, so more would only take memory.</summary>
    public const int MostRunning = 4;

    /// <summary>Most queries that wait.</summary>
    public const int MostWaiting = 200;

    private readonly SemaphoreSlim _running = new(MostRunning, MostRunning);
    private int _here;

    /// <summary>The memory that one query may take, in bytes: all that run have half of the machine's.</summary>
    public static long MostMemoryBytes { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (2 * MostRunning);

    /// <summary>Waits for a turn and takes it.</summary>
    /// <exception cref="KustoException">Too many wait already.</exception>
    public async Task<T> PassAsync<T>(Func<T> run, CancellationToken stop)
    {
        if (Interlocked.Increment(ref _here) > MostRunning + MostWaiting)
        {
            Interlocked.Decrement(ref _here);
            throw KustoError.Throttled().Exception();
        }

        try
        {
            await _running.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                return await Task.Run(run, stop).ConfigureAwait(false);
            }
            finally
            {
                _running.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _here);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _running.Dispose();
}
