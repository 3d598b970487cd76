using Orleans.Runtime;

namespace Orleans.Simulation;

/// <summary>An activation that the directory has forgotten.</summary>
public sealed class OrphanedActivation
{
    private readonly Activation _activation;

    internal OrphanedActivation(Activation activation) => _activation = activation;

    /// <summary>Completes when it ended by itself.</summary>
    public Task Ended => _activation.Deactivated;

    /// <summary>Freezes it: it takes no turn until resumed.</summary>
    public void Pause() => _activation.Scheduler.Pause();

    /// <summary>Lets it go on where it was.</summary>
    public void Resume() => _activation.Scheduler.Resume();
}
