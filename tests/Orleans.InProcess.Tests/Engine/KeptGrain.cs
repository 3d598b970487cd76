namespace Orleans.Engine;

[KeepAlive]
public sealed class KeptGrain : Grain, IKeptGrain
{
    public Task Touch() => Task.CompletedTask;
}
