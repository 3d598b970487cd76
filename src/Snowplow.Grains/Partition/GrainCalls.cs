using Orleans.Storage;

namespace Snowplow.Grains.Partition;

/// <summary>
/// Calls of many grains, of which a bounded number is under way; answers are taken in the order of the calls. What thousands of
/// grains have in hand at once, states on their way to the disk and rows, would live through a garbage collection and make it long.
/// </summary>
/// <param name="take">Takes the answer of a grain.</param>
internal sealed class GrainCalls<T>(Action<string, T> take)
{
    // Enough for each commit of grain states to be shared by many.
    private const int MostUnderWay = 256;

    private readonly Queue<(string Grain, Task<T> Call)> _underWay = new();

    /// <summary>Adds a call that has begun. Completes when the next may begin.</summary>
    /// <exception cref="GrainBehindException">A grain lost its ETag to another activation.</exception>
    public async ValueTask AddAsync(string grain, Task<T> call)
    {
        _underWay.Enqueue((grain, call));
        if (_underWay.Count > MostUnderWay) await TakeFirstAsync();
    }

    /// <summary>Completes when all answers are taken.</summary>
    /// <exception cref="GrainBehindException">A grain lost its ETag to another activation.</exception>
    public async Task EndAsync()
    {
        while (_underWay.Count > 0) await TakeFirstAsync();
    }

    // After a failure it waits for all that is under way, so that nothing still runs when the range is replayed.
    private async Task TakeFirstAsync()
    {
        var (grain, call) = _underWay.Dequeue();
        try
        {
            take(grain, await call);
        }
        catch (InconsistentStateException)
        {
            await SettleAsync();
            throw new GrainBehindException(grain);
        }
        catch
        {
            await SettleAsync();
            throw;
        }
    }

    private async Task SettleAsync()
    {
        while (_underWay.TryDequeue(out var other))
            await ((Task)other.Call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}
