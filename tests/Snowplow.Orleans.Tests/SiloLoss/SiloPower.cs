namespace Snowplow.Orleans.Tests.SiloLoss;

/// <summary>
/// Whether a silo still reaches its files and states. A silo that a test cluster kills still runs its grains'
/// deactivation, which would write what the loss of a process takes away; so its power is cut first.
/// </summary>
internal sealed class SiloPower
{
    private volatile bool _isCut;
    private long _operations;

    /// <summary>How many operations were begun.</summary>
    public long Operations => Interlocked.Read(ref _operations);

    /// <summary>From now on nothing that the silo writes is stored; of what is under way, the silo never learns the outcome.</summary>
    public void Cut() => _isCut = true;

    /// <summary>Runs an operation that needs power before and after.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> operation)
    {
        Check();
        Interlocked.Increment(ref _operations);
        var result = await operation();
        Check();
        return result;
    }

    private void Check()
    {
        if (_isCut) throw new IOException("This silo is dead.");
    }
}
