namespace Orleans.Engine;

public sealed class DelayingGrain : Grain, IDelayingGrain
{
    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task Hang() => new TaskCompletionSource().Task;
}
