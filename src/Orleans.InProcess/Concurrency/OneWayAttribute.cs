namespace Orleans.Concurrency;

/// <summary>The caller does not wait: its task is complete once the call is sent, whatever comes of it. On the interface method.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;
