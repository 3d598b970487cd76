namespace Orleans.Behaviour;

public sealed class StateGrain([PersistentState("tally", "state")] IPersistentState<Tally> tally, Journal journal) : Grain, IStateGrain
{
    private readonly Guid _activation = Guid.NewGuid();

    public Task<int> Value() => Task.FromResult(tally.State.Value);

    public async Task Write(int value)
    {
        tally.State.Value = value;
        await tally.WriteStateAsync();
    }

    public Task<bool> RecordExists() => Task.FromResult(tally.RecordExists);

    public Task Clear() => tally.ClearStateAsync();

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task<Guid> Activation() => Task.FromResult(_activation);

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Add($"{this.GetPrimaryKeyString()} deactivated: {reason.ReasonCode}");
        return Task.CompletedTask;
    }
}
