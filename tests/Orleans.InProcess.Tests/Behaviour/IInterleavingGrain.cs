using Orleans.Concurrency;

namespace Orleans.Behaviour;

public interface IInterleavingGrain : IGrainWithStringKey
{
    Task Hold(string gate);

    Task Note(string entry);

    [AlwaysInterleave]
    Task Peek();

    [ReadOnly]
    Task HoldReading(string gate);

    [ReadOnly]
    Task Look();
}
