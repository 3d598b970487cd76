namespace Snowplow.Enrich.Enrichments.Configuration;

/// <summary>The configuration of the enrichments is wrong.</summary>
/// <param name="errors">All that is wrong, a sentence each, beginning with file and field.</param>
public sealed class EnrichmentConfigException(IReadOnlyList<string> errors)
    : Exception($"The configuration of the enrichments is wrong. {string.Join(" ", errors)}")
{
    /// <summary>All that is wrong, a sentence each, beginning with file and field.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
