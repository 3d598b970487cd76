using System.Collections.Concurrent;

namespace Orleans.Engine;

/// <summary>Fails when it has two activations, or two calls run, at once.</summary>
public sealed class SingleGrain(ConcurrentDictionary<long, object> activations) : Grain, ISingleGrain
{
    private int _running;
    private int _touched;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (!activations.TryAdd(this.GetPrimaryKeyLong(), this)) throw new InvalidOperationException("Two activations at once.");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (_running > 0) throw new InvalidOperationException("Deactivated during a call.");
        activations.TryRemove(KeyValuePair.Create<long, object>(this.GetPrimaryKeyLong(), this));
    }

    public async Task<int> Touch()
    {
        if (Interlocked.Increment(ref _running) > 1) throw new InvalidOperationException("Two calls at once.");
        await Task.Yield();
        Interlocked.Decrement(ref _running);
        return ++_touched;
    }

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
