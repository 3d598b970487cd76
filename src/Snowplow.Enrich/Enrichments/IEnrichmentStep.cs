namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// One step of enrichment: reads and sets fields of an event, adds derived contexts, and notes failures on it. One instance per
/// pipeline, so it may keep buffers from event to event; it throws for programming errors only. Steps that ask nobody are
/// <see cref="IEnrichment"/>s.
/// </summary>
internal interface IEnrichmentStep
{
    /// <summary>Does the step.</summary>
    /// <param name="e">The event; nobody else has it meanwhile.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <exception cref="OperationCanceledException">The event is then thrown away.</exception>
    ValueTask EnrichAsync(EventInProgress e, CancellationToken cancellationToken);
}
