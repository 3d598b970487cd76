namespace Snowplow.Benchmarks.GrainCalls;

public sealed class TallyGrain : Grain, ITallyGrain
{
    private long _tally;

    public ValueTask<long> Add(long amount) => new(_tally += amount);
}
