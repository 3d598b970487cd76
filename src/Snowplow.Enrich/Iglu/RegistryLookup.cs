namespace Snowplow.Enrich.Iglu;

/// <summary>What became of asking one registry, in the shape of <c>lookupHistory[]</c> of Snowplow's bad rows.</summary>
/// <param name="Repository">The registry's name.</param>
/// <param name="Errors">Distinct errors, in the order in which they first came; never empty.</param>
/// <param name="Attempts">Requests made; 0 if the registry was known to be down and was not asked.</param>
/// <param name="LastAttempt">When it was asked last, or would have been.</param>
public sealed record RegistryLookup(
    string Repository, IReadOnlyList<RegistryError> Errors, int Attempts, DateTimeOffset LastAttempt);
