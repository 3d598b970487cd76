namespace Snowplow.Enrich.Enrichments;

/// <summary>The enrichments in the order in which they run; later ones rest on the fields of earlier ones.</summary>
internal static class EnrichmentOrder
{
    /// <summary>New instances for one pipeline. A new enrichment is one file and one line here.</summary>
    public static IEnrichment[] Create(EnrichOptions options) =>
    [
        new CollectorVersion(),
        new PageUri(),
        new DerivedTimestamp(),
        new ReferrerUri(),
        new CampaignAttribution(options.Campaign),
        new CrossNavigation(),
        new SchemaFields(),
    ];
}
