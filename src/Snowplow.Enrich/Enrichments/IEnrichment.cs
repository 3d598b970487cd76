namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// One step of enrichment: reads and sets fields of an event, and notes failures on it. One instance per pipeline, so it may
/// keep buffers from event to event; it throws for programming errors only.
/// </summary>
internal interface IEnrichment
{
    /// <summary>Does the step.</summary>
    void Enrich(EventInProgress e);
}
