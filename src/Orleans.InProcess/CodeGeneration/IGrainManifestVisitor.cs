using Orleans.Runtime;

namespace Orleans.CodeGeneration;

/// <summary>Takes what a <see cref="GrainManifest"/> names.</summary>
public interface IGrainManifestVisitor
{
    /// <summary>A grain interface and the constructor of its proxy.</summary>
    void VisitInterface<TInterface>(Func<GrainReferenceBinding, TInterface> proxy) where TInterface : class, IAddressable;

    /// <summary>A grain class.</summary>
    void VisitClass<TGrain>() where TGrain : class, IGrainBase;
}
