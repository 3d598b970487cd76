namespace Orleans.Behaviour;

/// <summary>Notes its life. The grain with key -1 fails to activate unless the gate "healed" is open.</summary>
public sealed class LifecycleGrain(Journal journal, IGrainContext context) : Grain(context), ILifecycleGrain
{
    private int _ticks;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        journal.Add($"{this.GetPrimaryKeyLong()} activated");
        if (this.GetPrimaryKeyLong() == -1 && !journal.Until("healed").IsCompletedSuccessfully) throw new NotSupportedException("Not yet.");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Add($"{this.GetPrimaryKeyLong()} deactivated: {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<long> Key()
    {
        journal.Add($"{this.GetPrimaryKeyLong()} called");
        return Task.FromResult(this.GetPrimaryKeyLong());
    }

    public Task StartTimer(TimeSpan period)
    {
        this.RegisterGrainTimer(
            static (grain, _) =>
            {
                grain.Tick();
                return Task.CompletedTask;
            },
            this,
            period,
            period);
        return Task.CompletedTask;
    }

    private void Tick() => journal.Add($"{this.GetPrimaryKeyLong()} tick {++_ticks}");
}
