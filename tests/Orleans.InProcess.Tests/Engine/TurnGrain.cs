namespace Orleans.Engine;

/// <summary>Works for a tenth of a millisecond; counts for all grains of its engine.</summary>
public sealed class TurnGrain(TurnCount count) : Grain, ITurnGrain
{
    public Task WorkAll(int grains) =>
        Task.WhenAll(Enumerable.Range(1, grains).Select(key => GrainFactory.GetGrain<ITurnGrain>(key).Work()));

    public Task<int> Work()
    {
        Thread.SpinWait(2_000);
        return Task.FromResult(count.Add());
    }
}

/// <summary>Turns taken by all grains of an engine.</summary>
public sealed class TurnCount
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public int Add() => Interlocked.Increment(ref _count);
}
