using Orleans.Behaviour;

namespace Orleans.Simulation;

/// <summary>Runs a loop beside its calls, as partition grains do: it notes its own activation, and the one that its calls reach.</summary>
public sealed class LoopGrain(Journal journal, TimeProvider time) : Grain, ILoopGrain
{
    private readonly Guid _activation = Guid.NewGuid();

    public Task Start()
    {
        _ = LoopAsync();
        return Task.CompletedTask;
    }

    public Task WaitForever() => new TaskCompletionSource().Task;

    public Task<Guid> Activation() => Task.FromResult(_activation);

    private async Task LoopAsync()
    {
        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), time);
            journal.Add($"loop {_activation}");
            journal.Add($"asked {await this.AsReference<ILoopGrain>().Activation()}");
        }
    }
}
