using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments;

/// <summary>Makes sure that the event says which collector took it: loaders need <c>v_collector</c>.</summary>
internal sealed class CollectorVersion : IEnrichment
{
    /// <inheritdoc/>
    public void Enrich(EventInProgress e)
    {
        if (e.Fields[EventField.VCollector].IsEmpty) e.FailEnrichment(null, EventField.VCollector, "should be set");
    }
}
