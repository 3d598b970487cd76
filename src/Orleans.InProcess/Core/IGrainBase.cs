using Orleans.Runtime;

namespace Orleans;

/// <summary>What every grain class implements, most of them through <see cref="Grain"/>.</summary>
public interface IGrainBase
{
    /// <summary>The activation that the grain object belongs to.</summary>
    IGrainContext GrainContext { get; }

    /// <summary>Called once before the first call. An exception reaches the callers and leaves no activation.</summary>
    /// <param name="token">Cancelled when activation takes longer than <c>GrainCollectionOptions.ActivationTimeout</c>.</param>
    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    /// <summary>Called once after the last call, unless the process or the activation is lost before.</summary>
    /// <param name="reason">Why the activation ends.</param>
    /// <param name="token">Cancelled when deactivation takes longer than <c>GrainCollectionOptions.DeactivationTimeout</c>.</param>
    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}
