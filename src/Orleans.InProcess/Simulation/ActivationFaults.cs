using Orleans.Runtime;

namespace Orleans.Simulation;

/// <summary>Does to activations and to the engine what failing processes do to them, for tests.</summary>
/// <remarks>
/// Exact under a <c>SimulatedScheduler</c>. On the thread pool a turn that runs at that moment goes on to its next await.
/// </remarks>
public sealed class ActivationFaults
{
    private readonly Silo _silo;

    internal ActivationFaults(Silo silo) => _silo = silo;

    /// <summary>Whether the grain has an activation, whatever its state.</summary>
    public bool IsActivated(IAddressable grain) => Find(grain) is not null;

    /// <summary>Deactivates the grain as memory pressure does: running calls end, <c>OnDeactivateAsync</c> runs.</summary>
    /// <returns>Completes when the activation has ended; at once where there is none, or one that is only being made.</returns>
    public Task ShedAsync(IAddressable grain)
    {
        if (Find(grain) is not { State: not ActivationState.Activating } activation) return Task.CompletedTask;
        activation.Deactivate(new DeactivationReason(DeactivationReasonCode.HighMemoryPressure, "Shed by a test."));
        return activation.Deactivated;
    }

    /// <summary>
    /// Loses the grain's activation with its memory, as the death of its silo does: without <c>OnDeactivateAsync</c>, nothing of it
    /// runs again, its callers get <see cref="SiloUnavailableException"/>, and the next call makes a new activation.
    /// </summary>
    /// <returns>False where there is none.</returns>
    public bool Lose(IAddressable grain)
    {
        if (Find(grain) is not { } activation || !_silo.Directory.Remove(activation)) return false;
        activation.Halt(new SiloUnavailableException($"The activation of {activation.GrainId} was lost."));
        return true;
    }

    /// <summary>
    /// Makes the grain's activation one that the directory has forgotten, as a silo that was frozen and declared dead: its calls,
    /// loops and timers go on and may call others, while new calls to the grain make a new activation.
    /// </summary>
    /// <returns>The old activation, which may be paused to freeze it; null where there is none.</returns>
    public OrphanedActivation? Orphan(IAddressable grain)
    {
        if (Find(grain) is not { } activation || !_silo.Directory.Orphan(activation)) return null;
        activation.Orphan();
        return new OrphanedActivation(activation);
    }

    /// <summary>Ends the engine as <c>kill -9</c> does: nothing queued runs again, no call is taken, storage stays as it is.</summary>
    public void Abort() => _silo.Abort();

    private Activation? Find(IAddressable grain) => _silo.Directory.Find(grain.GetGrainId());
}
