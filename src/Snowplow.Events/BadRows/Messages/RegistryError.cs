namespace Snowplow.Events.BadRows;

/// <summary>One answer of a registry.</summary>
/// <param name="Error"><c>NotFound</c>, <c>RepoFailure</c> (it is broken or unreachable) or <c>ClientFailure</c> (its answer cannot be used).</param>
/// <param name="Message">What happened; null for <c>NotFound</c>.</param>
public sealed record RegistryError(string Error, string? Message);
