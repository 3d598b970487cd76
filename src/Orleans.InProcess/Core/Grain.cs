using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;

namespace Orleans;

/// <summary>The base class of grains.</summary>
[SuppressMessage("Naming", "CA1725", Justification = "Parameter names are those of the Orleans API.")]
public abstract class Grain : IGrainBase, IAddressable
{
    /// <summary>Takes the activation that the engine is building the grain for.</summary>
    protected Grain() : this(RuntimeContext.RequireCurrent())
    {
    }

    /// <summary>Takes the activation as given.</summary>
    protected Grain(IGrainContext grainContext)
    {
        ArgumentNullException.ThrowIfNull(grainContext);
        GrainContext = grainContext;
    }

    /// <summary>The activation that the grain object belongs to.</summary>
    public IGrainContext GrainContext { get; }

    /// <summary>A reference to this grain, whichever activation it has when called.</summary>
    public GrainReference GrainReference => GrainContext.GrainReference;

    /// <summary>The grain's id as text, <c>type/key</c>.</summary>
    public string IdentityString => GrainContext.GrainId.ToString();

    /// <summary>Makes references to other grains.</summary>
    protected IGrainFactory GrainFactory => GrainContext.GrainReference.Factory;

    /// <summary>The services of this activation.</summary>
    protected internal IServiceProvider ServiceProvider => GrainContext.ActivationServices;

    /// <inheritdoc cref="IGrainBase.OnActivateAsync"/>
    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc cref="IGrainBase.OnDeactivateAsync"/>
    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends this activation after the current calls; it starts no further one.</summary>
    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    /// <summary>Keeps this activation from being collected as idle for the given time from now.</summary>
    /// <param name="timeSpan">Zero or negative takes an earlier delay back; <see cref="Timeout.InfiniteTimeSpan"/> keeps it for good.</param>
    protected void DelayDeactivation(TimeSpan timeSpan) => ((Activation)GrainContext).DelayDeactivation(timeSpan);
}
