namespace Snowplow.Silo.EnrichFilter;

/// <summary>How enriched events are written.</summary>
internal enum EventForm
{
    /// <summary>Lines of enriched TSV.</summary>
    Tsv,

    /// <summary>Lines of JSON by the rules of Snowplow's analytics SDKs.</summary>
    Json,
}
