namespace Orleans.Concurrency;

/// <summary>Calls of this method may interleave with calls of other read-only methods, on the interface method.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
