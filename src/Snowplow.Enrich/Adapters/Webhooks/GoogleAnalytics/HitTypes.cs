using System.Collections.Frozen;
using static Snowplow.Enrich.Adapters.Webhooks.GoogleAnalytics.HitValue;

namespace Snowplow.Enrich.Adapters.Webhooks.GoogleAnalytics;

/// <summary>The types of hits (<c>t</c>) and the events that they become.</summary>
internal static class HitTypes
{
    /// <summary>Schemas by type.</summary>
    public static readonly FrozenDictionary<string, HitSchema> All = new Dictionary<string, HitSchema>
    {
        ["pageview"] = new(
            $"{HitSchema.Vendor}/page_view",
            new("dl", "documentLocationUrl"),
            new("dh", "documentHostName"),
            new("dp", "documentPath"),
            new("dt", "documentTitle")),
        ["screenview"] = new($"{HitSchema.Vendor}/screen_view", new HitField("cd", "screenName")),
        ["event"] = new(
            $"{HitSchema.Vendor}/event",
            new("ec", "category"),
            new("ea", "action"),
            new("el", "label"),
            new("ev", "value", Integer)),
        ["transaction"] = new(
            $"{HitSchema.Vendor}/transaction",
            new("ti", "id"),
            new("ta", "affiliation"),
            new("tr", "revenue", Money),
            new("ts", "shipping", Money),
            new("tt", "tax", Money),
            new("cu", "currencyCode"),
            new("tcc", "couponCode")),
        ["item"] = new(
            $"{HitSchema.Vendor}/item",
            new("ti", "transactionId"),
            new("in", "name"),
            new("ip", "price", Money),
            new("iq", "quantity", Integer),
            new("ic", "code"),
            new("iv", "category"),
            new("cu", "currencyCode")),
        ["social"] = new(
            $"{HitSchema.Vendor}/social",
            new("sn", "network"),
            new("sa", "action"),
            new("st", "actionTarget")),
        ["exception"] = new(
            $"{HitSchema.Vendor}/exception",
            new("exd", "description"),
            new("exf", "isFatal", HitValue.Boolean)),
        ["timing"] = new(
            $"{HitSchema.Vendor}/timing",
            new("utc", "userTimingCategory"),
            new("utv", "userTimingVariableName"),
            new("utt", "userTimingTime", Integer),
            new("utl", "userTimingLabel"),
            new("plt", "pageLoadTime", Integer),
            new("dns", "dnsTime", Integer),
            new("pdt", "pageDownloadTime", Integer),
            new("rrt", "redirectResponseTime", Integer),
            new("tcp", "tcpConnectTime", Integer),
            new("srt", "serverResponseTime", Integer),
            new("dit", "domInteractiveTime", Integer),
            new("clt", "contentLoadTime", Integer)),
    }.ToFrozenDictionary();
}
