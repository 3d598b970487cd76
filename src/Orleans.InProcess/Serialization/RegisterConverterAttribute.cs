namespace Orleans;

/// <summary>Marks a serializer's converter; without effect in process, where nothing is serialized.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class RegisterConverterAttribute : Attribute;
