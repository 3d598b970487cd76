using Snowplow.Enrich.Enrichments.Api;
using Snowplow.Enrich.Enrichments.JavaScript;
using Snowplow.Enrich.Enrichments.Pii;
using Snowplow.Enrich.Enrichments.Sql;

namespace Snowplow.Enrich.Enrichments;

/// <summary>
/// The enrichments in the order in which they run (enrich specification §8); later ones rest on the fields of earlier ones. A new
/// enrichment is one file and one line here.
/// </summary>
internal static class EnrichmentTable
{
    private const string Snowplow = "com.snowplowanalytics.snowplow";
    private const string Enrichments = "com.snowplowanalytics.snowplow.enrichments";

    /// <summary>The rows, first to last.</summary>
    public static readonly IReadOnlyList<EnrichmentRow> InOrder =
    [
        EnrichmentRow.Always(() => new CollectorVersion()),
        EnrichmentRow.Always(() => new PageUri()),
        EnrichmentRow.Always(() => new DerivedTimestamp()),
        EnrichmentRow.Always(() => new ReferrerUri()),
        EnrichmentRow.Configured(Snowplow, "campaign_attribution", 1, (config, _) => CampaignAttribution.Read(config), _ => CampaignAttribution.Default),
        EnrichmentRow.Always(() => new CrossNavigation()),
        EnrichmentRow.Always(() => new SchemaFields()),
        EnrichmentRow.Configured(Snowplow, "javascript_script_config", 1, JavaScriptEnrichment.Read),
        EnrichmentRow.Configured(Enrichments, "sql_query_enrichment_config", 1, SqlQueryEnrichment.Read),
        EnrichmentRow.Configured(Enrichments, "api_request_enrichment_config", 1, ApiRequestEnrichment.Read),
        EnrichmentRow.Configured(Enrichments, "pii_enrichment_config", 2, (config, _) => PiiPseudonymisation.Read(config)),
    ];

    /// <summary>
    /// Enrichments of Snowplow's that are not offered here, with what to use instead. Their configuration is taken while it says
    /// <c>enabled: false</c>.
    /// </summary>
    public static readonly IReadOnlyDictionary<string, string> NotOffered = new Dictionary<string, string>
    {
        [$"{Snowplow}/user_agent_utils_config"] = "Snowplow deprecated it; use ua_parser_config",
        [$"{Enrichments}/yauaa_enrichment_config"] = "its rules come as a Java library; use ua_parser_config",
        [$"{Enrichments}/weather_enrichment_config"] = "its service is gone",
    };
}
