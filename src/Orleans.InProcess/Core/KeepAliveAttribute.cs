namespace Orleans;

/// <summary>Activations of this grain class are never collected as idle.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class KeepAliveAttribute : Attribute;
