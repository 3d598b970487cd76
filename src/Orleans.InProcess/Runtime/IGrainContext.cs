namespace Orleans.Runtime;

/// <summary>An activation: one grain in memory, from its first call to its deactivation.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    /// <summary>A reference to the grain, whichever activation it has when called.</summary>
    GrainReference GrainReference { get; }

    /// <summary>The grain's id.</summary>
    GrainId GrainId { get; }

    /// <summary>The grain object; null until it is built.</summary>
    object? GrainInstance { get; }

    /// <summary>The services of this activation; scoped ones live as long as it does.</summary>
    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation has ended.</summary>
    Task Deactivated { get; }

    /// <summary>Ends the activation after its current calls; it starts no further one.</summary>
    /// <param name="deactivationReason">What <c>OnDeactivateAsync</c> is told.</param>
    /// <param name="cancellationToken">Cancels <c>OnDeactivateAsync</c>, not the deactivation.</param>
    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}
