namespace Orleans.Simulation;

public interface ILoopGrain : IGrainWithStringKey
{
    Task Start();

    Task WaitForever();

    [Orleans.Concurrency.AlwaysInterleave]
    Task<Guid> Activation();
}
