using Snowplow.Enrich.Enrichments.Api;
using Snowplow.Enrich.Enrichments.Currency;
using Snowplow.Enrich.Enrichments.EventSpecs;
using Snowplow.Enrich.Enrichments.Iab;
using Snowplow.Enrich.Enrichments.IpLookups;
using Snowplow.Enrich.Enrichments.JavaScript;
using Snowplow.Enrich.Enrichments.Pii;
using Snowplow.Enrich.Enrichments.Referrers;
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
        EnrichmentRow.Configured(Enrichments, "iab_spiders_and_robots_enrichment", 1, IabSpidersAndRobots.Read),
        EnrichmentRow.Configured(Snowplow, "ua_parser_config", 1, UaParser.Read, _ => UaParser.Default()),
        EnrichmentRow.Configured(Snowplow, "currency_conversion_config", 1, CurrencyConversion.Read),
        EnrichmentRow.Always(() => new ReferrerUri()),
        EnrichmentRow.Configured(Snowplow, "referer_parser", 1, RefererParser.Read, _ => RefererParser.Default),
        EnrichmentRow.Configured(Snowplow, "referer_parser", 2, RefererParser.Read),
        EnrichmentRow.Configured(Snowplow, "campaign_attribution", 1, (config, _) => CampaignAttribution.Read(config), _ => CampaignAttribution.Default),
        EnrichmentRow.Always(() => new CrossNavigation()),
        EnrichmentRow.Configured(Enrichments, "cross_navigation_config", 1, (config, _) => CrossNavigationEntity.Read(config)),
        EnrichmentRow.Configured(Snowplow, "event_fingerprint_config", 1, (config, _) => EventFingerprint.Read(config)),
        EnrichmentRow.Configured(Snowplow, "cookie_extractor_config", 1, (config, _) => CookieExtractor.Read(config)),
        EnrichmentRow.Configured(Enrichments, "http_header_extractor_config", 1, (config, _) => HttpHeaderExtractor.Read(config)),
        EnrichmentRow.Always(() => new SchemaFields()),
        EnrichmentRow.Configured(Snowplow, "ip_lookups", 2, IpLookup.Read, _ => IpLookup.Default()),
        EnrichmentRow.Configured(Enrichments, "asn_lookups", 1, AsnLookups.Read),
        EnrichmentRow.Configured(Enrichments, "bot_detection_enrichment_config", 1, (config, _) => BotDetection.Read(config)),
        EnrichmentRow.Configured(Snowplow, "javascript_script_config", 1, JavaScriptEnrichment.Read),
        EnrichmentRow.Configured(Enrichments, "sql_query_enrichment_config", 1, SqlQueryEnrichment.Read),
        EnrichmentRow.Configured(Enrichments, "api_request_enrichment_config", 1, ApiRequestEnrichment.Read),
        EnrichmentRow.Configured(Snowplow, "anon_ip", 1, (config, _) => IpAnonymisation.Read(config)),
        EnrichmentRow.Configured(Enrichments, "pii_enrichment_config", 1, PiiPseudonymisation.Read),
        EnrichmentRow.Configured(Enrichments, "pii_enrichment_config", 2, PiiPseudonymisation.Read),
        EnrichmentRow.Configured(Enrichments, "event_spec_enrichment_config", 1, EventSpecInference.Read),
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
