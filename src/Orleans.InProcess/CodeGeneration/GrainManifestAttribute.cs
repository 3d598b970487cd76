namespace Orleans.CodeGeneration;

/// <summary>Names an assembly's generated <see cref="GrainManifest"/>.</summary>
/// <param name="manifest">The manifest's type, which has a parameterless constructor.</param>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GrainManifestAttribute(Type manifest) : Attribute
{
    /// <summary>The manifest's type.</summary>
    public Type Manifest { get; } = manifest;
}
