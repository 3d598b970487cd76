namespace Orleans.Runtime;

/// <summary>Which grain a reference names, and the engine that it calls.</summary>
public readonly struct GrainReferenceBinding
{
    internal GrainReferenceBinding(Silo silo, GrainId grainId)
    {
        Silo = silo;
        GrainId = grainId;
    }

    internal Silo Silo { get; }

    internal GrainId GrainId { get; }
}
