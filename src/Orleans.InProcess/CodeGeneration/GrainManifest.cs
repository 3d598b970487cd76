namespace Orleans.CodeGeneration;

/// <summary>The grain interfaces and grain classes of one assembly, as its generated code lists them.</summary>
public abstract class GrainManifest
{
    /// <summary>Names each interface with its proxy and each class.</summary>
    public abstract void Describe(IGrainManifestVisitor visitor);
}
