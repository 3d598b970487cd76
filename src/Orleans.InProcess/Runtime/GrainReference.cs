using Orleans.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>A reference to a grain: the base class of generated proxies. Equal references name the same grain.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    private readonly Silo _silo;

    /// <summary>A reference to the grain that <paramref name="binding"/> names.</summary>
    protected internal GrainReference(GrainReferenceBinding binding)
    {
        _silo = binding.Silo;
        GrainId = binding.GrainId;
    }

    /// <summary>The grain's id.</summary>
    public GrainId GrainId { get; }

    internal IGrainFactory Factory => _silo.GrainFactory;

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => GrainId.GetHashCode();

    /// <inheritdoc/>
    public sealed override string ToString() => $"GrainReference:{GrainId}";

    internal object Cast(Type interfaceType) =>
        interfaceType.IsInstanceOfType(this) ? this : _silo.Catalog.Interface(interfaceType).Proxy(new GrainReferenceBinding(_silo, GrainId));

    /// <summary>Sends a call to the grain's current activation, making one where there is none.</summary>
    protected Task<TResult> Send<TResult>(GrainCall<TResult> call)
    {
        ArgumentNullException.ThrowIfNull(call);
        _silo.Send(GrainId, call);
        return call.Result;
    }

    /// <inheritdoc cref="Send{TResult}(GrainCall{TResult})"/>
    protected Task Send(VoidGrainCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        _silo.Send(GrainId, call);
        return call.Result;
    }

    /// <summary>Sends a call whose outcome nobody waits for.</summary>
    protected void SendOneWay(GrainCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        _silo.Send(GrainId, call);
    }
}
