namespace Orleans.Concurrency;

/// <summary>Calls of this method may interleave with every other call, on the interface method.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
