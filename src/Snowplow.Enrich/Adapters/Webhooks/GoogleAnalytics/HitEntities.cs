using System.Collections.Frozen;
using static Snowplow.Enrich.Adapters.Webhooks.GoogleAnalytics.HitValue;

namespace Snowplow.Enrich.Adapters.Webhooks.GoogleAnalytics;

/// <summary>The entities of a hit, by the reference of the measurement protocol's parameters and the schemas in Iglu Central.</summary>
internal static class HitEntities
{
    private static readonly HitSchema[] Schemas =
    [
        new(
            $"{HitSchema.Vendor}/general",
            new("v", "protocolVersion"),
            new("tid", "trackingId"),
            new("aip", "anonymizeIp", HitValue.Boolean),
            new("ds", "dataSource"),
            new("qt", "queueTime", Integer),
            new("z", "cacheBuster")),
        new($"{HitSchema.Vendor}/user", new("cid", "clientId"), new("uid", "userId")),
        new(
            $"{HitSchema.Vendor}/session",
            new("sc", "sessionControl"),
            new("uip", "ipOverride"),
            new("ua", "userAgentOverride"),
            new("geoid", "geographicalOverride")),
        new(
            $"{HitSchema.Vendor}/traffic_source",
            new("dr", "documentReferrer"),
            new("cn", "campaignName"),
            new("cs", "campaignSource"),
            new("cm", "campaignMedium"),
            new("ck", "campaignKeyword"),
            new("cc", "campaignContent"),
            new("ci", "campaignId"),
            new("gclid", "googleAdwordsId"),
            new("dclid", "googleDisplayAdsId")),
        new(
            $"{HitSchema.Vendor}/system_info",
            new("sr", "screenResolution"),
            new("vp", "viewportSize"),
            new("de", "documentEncoding"),
            new("sd", "screenColors"),
            new("ul", "userLanguage"),
            new("je", "javaEnabled", HitValue.Boolean),
            new("fl", "flashVersion")),
        new($"{HitSchema.Vendor}/link", new HitField("linkid", "id")),
        new(
            $"{HitSchema.Vendor}/app",
            new("an", "name"),
            new("aid", "id"),
            new("av", "version"),
            new("aiid", "installerId")),
        new(
            $"{HitSchema.Vendor}/product_action",
            new("pa", "productAction"),
            new("pal", "productActionList"),
            new("cos", "checkoutStep", Integer),
            new("col", "checkoutStepOption")),
        new($"{HitSchema.Vendor}/content_experiment", new("xid", "id"), new("xvar", "variant")),
        new($"{HitSchema.Vendor}/hit", new("t", "type"), new("ni", "nonInteractionHit", HitValue.Boolean)),
        new($"{HitSchema.Vendor}/promotion_action", new HitField("promoa", "promotionAction")),
        new(
            $"{HitSchema.Vendor}/product",
            new("pr{}id", "sku"),
            new("pr{}nm", "name"),
            new("pr{}br", "brand"),
            new("pr{}ca", "category"),
            new("pr{}va", "variant"),
            new("pr{}pr", "price", Money),
            new("pr{}qt", "quantity", Integer),
            new("pr{}cc", "couponCode"),
            new("pr{}ps", "position", Integer)) { Indexes = ["index"], HasCurrency = true },
        new($"{HitSchema.Vendor}/product_custom_dimension", new HitField("pr{}cd{}", "value")) { Indexes = ["productIndex", "dimensionIndex"] },
        new($"{HitSchema.Vendor}/product_custom_metric", new HitField("pr{}cm{}", "value", Integer)) { Indexes = ["productIndex", "metricIndex"] },
        new($"{HitSchema.Vendor}/product_impression_list", new HitField("il{}nm", "name")) { Indexes = ["index"] },
        new(
            $"{HitSchema.Vendor}/product_impression",
            new("il{}pi{}id", "sku"),
            new("il{}pi{}nm", "name"),
            new("il{}pi{}br", "brand"),
            new("il{}pi{}ca", "category"),
            new("il{}pi{}va", "variant"),
            new("il{}pi{}ps", "position", Integer),
            new("il{}pi{}pr", "price", Money)) { Indexes = ["listIndex", "productIndex"], HasCurrency = true },
        new($"{HitSchema.Vendor}/product_impression_custom_dimension", new HitField("il{}pi{}cd{}", "value"))
        {
            Indexes = ["listIndex", "productIndex", "customDimensionIndex"],
        },
        new($"{HitSchema.Vendor}/product_impression_custom_metric", new HitField("il{}pi{}cm{}", "value", Integer))
        {
            Indexes = ["listIndex", "productIndex", "customMetricIndex"],
        },
        new(
            $"{HitSchema.Vendor}/promotion",
            new("promo{}id", "id"),
            new("promo{}nm", "name"),
            new("promo{}cr", "creative"),
            new("promo{}ps", "position")) { Indexes = ["index"] },
        new($"{HitSchema.Vendor}/custom_dimension", new HitField("cd{}", "value")) { Indexes = ["index"] },
        new($"{HitSchema.Vendor}/custom_metric", new HitField("cm{}", "value", Number)) { Indexes = ["index"] },
        new($"{HitSchema.Vendor}/content_group", new HitField("cg{}", "value")) { Indexes = ["index"], MaxIndex = 10 },
        new("com.google.analytics/undocumented", new("a", "a"), new("jid", "jid"), new("gjid", "gjid")),
        new(
            "com.google.analytics/private",
            new("_v", "v"),
            new("_s", "s", Integer),
            new("_u", "u"),
            new("_gid", "gid"),
            new("_r", "r", Integer)),
    ];

    /// <summary>Schema and member by parameter, <c>{}</c> for each index: <c>il{}pi{}cd{}</c>.</summary>
    public static readonly FrozenDictionary<string, (HitSchema Schema, HitField Field)> ByParameter =
        Schemas.SelectMany(schema => schema.Fields.Select(field => (schema, field))).ToFrozenDictionary(row => row.field.Parameter);
}
