namespace Snowplow.Events.BadRows;

/// <summary>What one registry answered when it was asked for a schema.</summary>
/// <param name="Repository">The registry's name as configured.</param>
/// <param name="Errors">Its answers; at least one.</param>
/// <param name="Attempts">How often it was asked.</param>
/// <param name="LastAttempt">When it was asked last.</param>
public sealed record RegistryLookup(string Repository, IReadOnlyList<RegistryError> Errors, int Attempts, DateTimeOffset LastAttempt);
