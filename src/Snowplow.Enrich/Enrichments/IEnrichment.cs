namespace Snowplow.Enrich.Enrichments;

/// <summary>A step of enrichment that needs nothing but the event and what is in memory, as most do.</summary>
internal interface IEnrichment : IEnrichmentStep
{
    /// <summary>Does the step.</summary>
    void Enrich(EventInProgress e);

    /// <inheritdoc/>
    ValueTask IEnrichmentStep.EnrichAsync(EventInProgress e, CancellationToken cancellationToken)
    {
        Enrich(e);
        return ValueTask.CompletedTask;
    }
}
