using Snowplow.EndToEnd.Tests.Enriched;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Trackers;

/// <summary>The official Node.js tracker, in a process of its own.</summary>
[Collection(ShopPlatformCollection.Name)]
public sealed class NodeTrackerTests(ShopPlatform platform)
{
    private const string Snowplow = "com.snowplowanalytics.snowplow";
    private const string StockSchema = "org.example.shop/stock/jsonschema/1-0-0";
    private const string RatingSchema = "org.example.shop/rating/jsonschema/1-0-0";

    [NeedsTheory(Tool.Node)]
    [InlineData("post")]
    [InlineData("get")]
    public async Task Till_WhenTracked_LandsEveryKindOfEventFieldByField(string eventMethod)
    {
        var (appId, user, session) = ($"till-{eventMethod}", $"till-user-{eventMethod}", $"{Guid.NewGuid()}");
        var since = DateTimeOffset.UtcNow;
        await NodeClients.TrackAsync(platform.Snowplow.Url.GetLeftPart(UriPartial.Authority), eventMethod, appId, user, session);

        var events = await platform.Snowplow.EnrichedEventsAsync($"those of {appId}", e => e["app_id"] == appId, 6);
        var every = Every(since).With(new() { ["app_id"] = appId, ["domain_userid"] = user, ["domain_sessionid"] = session });
        foreach (var (name, expected) in Kinds()) every.With(expected).ShouldMatch(events.Single(e => e["event_name"] == name));
        await platform.Snowplow.ShouldShowAsync(e => e["app_id"] == appId);
    }

    private static ExpectedEvent Every(DateTimeOffset since)
    {
        var time = Expected.Time(since, since.AddMinutes(5));
        return ExpectedColumns.Pipeline(since).With(new()
        {
            ["platform"] = "srv",
            ["dvce_created_tstamp"] = time,
            ["dvce_sent_tstamp"] = time,
            ["name_tracker"] = "orders",
            ["v_tracker"] = "node-4.8.0",
            ["user_id"] = "customer-17",
            ["domain_sessionidx"] = "4",
            ["network_userid"] = "6d1f3a52-2c0e-4f5b-9a31-0f6b8f1f2a77",
            ["user_ipaddress"] = "203.0.113.9",
            ["geo_country"] = "AU",
            ["useragent"] = "Till/2.1 (store 12; ünïcode ✓)",
            ["dvce_screenwidth"] = "1920",
            ["dvce_screenheight"] = "1080",
            ["br_viewwidth"] = "1280",
            ["br_viewheight"] = "720",
            ["br_colordepth"] = "24",
            ["os_timezone"] = "Europe/Zürich",
            ["br_lang"] = "de-CH",
        });
    }

    /// <summary>What each kind of event holds besides, by event_name; as <c>clients/node/track.js</c> sends it.</summary>
    private static Dictionary<string, ExpectedEvent> Kinds() => new()
    {
        ["page_view"] = ExpectedColumns.Type("page_view", Snowplow, "page_view")
            .With(ExpectedColumns.Page(new("https://shop.example/till?utm_source=news%20letter&utm_medium=email&utm_campaign=autumn&gclid=G-1#top")))
            .With(ExpectedColumns.Campaign())
            .With(new()
            {
                ["page_title"] = "Till – Kasse",
                ["page_referrer"] = "https://partner.example:8443/list?page=2#row",
                ["refr_urlscheme"] = "https",
                ["refr_urlhost"] = "partner.example",
                ["refr_urlport"] = "8443",
                ["refr_urlpath"] = "/list",
                ["refr_urlquery"] = "page=2",
                ["refr_urlfragment"] = "row",
                ["refr_medium"] = "unknown",
            }),
        ["screen_view"] = ExpectedColumns.Type("unstruct", Snowplow, "screen_view").With(new()
        {
            ["unstruct_event"] = Expected.SelfDescribing(
                $"{Snowplow}/screen_view/jsonschema/1-0-0", """{"name":"Receipt","id":"0d3b1f0c-4a57-4f0e-b6b1-1b4b0a3c9d10"}"""),
            ["contexts"] = Expected.Contexts(Expected.Entity(StockSchema, """{"sku":"K-100","warehouse":"Köln","left":3}""")),
        }),
        ["rating"] = ExpectedColumns.Type("unstruct", "org.example.shop", "rating").With(new()
        {
            ["unstruct_event"] = Expected.SelfDescribing(
                RatingSchema, """{"sku":"K-100","stars":4,"comment":"Crème brûlée\tand \"quotes\" \\ 漢字"}"""),
            ["contexts"] = Expected.Contexts(Expected.Entity(StockSchema, """{"sku":"K-100","warehouse":"Köln","left":3}""")),
            ["dvce_created_tstamp"] = "",
            ["true_tstamp"] = "2026-01-01 00:00:00.123",
            ["derived_tstamp"] = "2026-01-01 00:00:00.123",
        }),
        ["event"] = ExpectedColumns.Type("struct", "com.google.analytics", "event").With(new()
        {
            ["se_category"] = "till",
            ["se_action"] = "discount",
            ["se_label"] = "loyalty",
            ["se_property"] = "percent",
            ["se_value"] = "12.5",
        }),
        ["transaction"] = ExpectedColumns.Type("transaction", Snowplow, "transaction").With(new()
        {
            ["tr_orderid"] = "O-2026-1",
            ["tr_affiliation"] = "store 12",
            ["tr_total"] = "121.9",
            ["tr_tax"] = "19.46",
            ["tr_shipping"] = "0",
            ["tr_city"] = "Zürich",
            ["tr_state"] = "ZH",
            ["tr_country"] = "CH",
            ["tr_currency"] = "CHF",
        }),
        ["transaction_item"] = ExpectedColumns.Type("transaction_item", Snowplow, "transaction_item").With(new()
        {
            ["ti_orderid"] = "O-2026-1",
            ["ti_sku"] = "K-100",
            ["ti_name"] = "Kettle",
            ["ti_category"] = "kitchen",
            ["ti_price"] = "60.95",
            ["ti_quantity"] = "2",
            ["ti_currency"] = "CHF",
        }),
    };
}
