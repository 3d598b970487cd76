namespace Orleans.Behaviour;

public interface ILifecycleGrain : IGrainWithIntegerKey
{
    Task<long> Key();

    Task StartTimer(TimeSpan period);
}
