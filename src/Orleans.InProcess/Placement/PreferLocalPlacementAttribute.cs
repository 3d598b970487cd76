namespace Orleans.Placement;

/// <summary>Activations prefer the caller's silo; in one process there is no other.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PreferLocalPlacementAttribute : Attribute;
