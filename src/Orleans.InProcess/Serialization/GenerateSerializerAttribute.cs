namespace Orleans;

/// <summary>Asks for a serializer; without effect in process, where nothing is serialized.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute
{
    /// <summary>Whether primary-constructor parameters are serialized too.</summary>
    public bool IncludePrimaryConstructorParameters { get; init; }
}
