namespace Snowplow.Benchmarks.GrainCalls;

public interface ITallyGrain : IGrainWithStringKey
{
    /// <summary>Adds to the tally and returns it.</summary>
    ValueTask<long> Add(long amount);
}
