using Snowplow.EndToEnd.Tests.Enriched;

namespace Snowplow.EndToEnd.Tests.Trackers;

/// <summary>
/// One visit of the browser to the shop, and what its events must hold in all 131 columns: known from what the page does and
/// how the browser is set up.
/// </summary>
/// <param name="Page">The page's address.</param>
/// <param name="AppId">The test's own application.</param>
/// <param name="Since">When the visit began.</param>
internal sealed record Visit(Uri Page, string AppId, DateTimeOffset Since)
{
    private const string Snowplow = "com.snowplowanalytics.snowplow";
    private const string AnyNumber = "\"{number}\"";
    private const string Ecommerce = $"{Snowplow}.ecommerce";

    /// <summary><c>navigator.userAgent</c>.</summary>
    public string UserAgent { get; set; } = "";

    /// <summary>The height of the whole document in pixels.</summary>
    public string DocumentHeight { get; set; } = "";

    /// <summary>The page view that begins the visit.</summary>
    public ExpectedEvent PageView() => Event("1").With(ExpectedColumns.Type("page_view", Snowplow, "page_view"))
        .With(new() { ["page_title"] = "Espresso machines – the shop" });

    /// <summary>A structured event.</summary>
    public ExpectedEvent Struct() => Event().With(ExpectedColumns.Type("struct", "com.google.analytics", "event"))
        .With(new()
        {
            ["se_category"] = "list",
            ["se_action"] = "sort",
            ["se_label"] = "by price",
            ["se_property"] = "order",
            ["se_value"] = "-0.25",
        });

    /// <summary>A self-describing event with an entity, both of the shop's own schemas.</summary>
    public ExpectedEvent Rating(string rating, string stock) =>
        Event(AnyNumber, Expected.Entity("org.example.shop/stock/jsonschema/1-0-0", stock))
            .With(ExpectedColumns.Type("unstruct", "org.example.shop", "rating"))
            .With(new() { ["unstruct_event"] = Expected.SelfDescribing("org.example.shop/rating/jsonschema/1-0-0", rating) });

    /// <summary>A purchase, told by the e-commerce plugin.</summary>
    public ExpectedEvent Purchase() =>
        Event(
            AnyNumber,
            Expected.Entity(
                $"{Ecommerce}/product/jsonschema/1-0-0", """{"id":"K-100","category":"kitchen","price":64.75,"currency":"CHF","quantity":2}"""),
            Expected.Entity(
                $"{Ecommerce}/transaction/jsonschema/1-0-0",
                """{"total_quantity":2,"transaction_id":"T-7","revenue":129.5,"currency":"CHF","payment_method":"card"}"""))
            .With(ExpectedColumns.Type("unstruct", Ecommerce, "snowplow_ecommerce_action", "1-0-2"))
            .With(new()
            {
                ["unstruct_event"] = Expected.SelfDescribing($"{Ecommerce}/snowplow_ecommerce_action/jsonschema/1-0-2", """{"type":"transaction"}"""),
            });

    /// <summary>The first page ping after scrolling down by 250 pixels. The tracker leaves out offsets that are zero.</summary>
    public ExpectedEvent PagePing() => Event().With(ExpectedColumns.Type("page_ping", Snowplow, "page_ping"))
        .With(new() { ["page_title"] = "Espresso machines – the shop", ["pp_yoffset_max"] = "250" });

    /// <summary>The click on the link in the page.</summary>
    public ExpectedEvent LinkClick() => Event().With(ExpectedColumns.Type("unstruct", Snowplow, "link_click", "1-0-1"))
        .With(new()
        {
            ["unstruct_event"] = Expected.SelfDescribing(
                $"{Snowplow}/link_click/jsonschema/1-0-1",
                $$"""
                {"targetUrl":"{{new Uri(Page, "#reviews").AbsoluteUri}}","elementId":"more","elementClasses":["teaser","big"],
                 "elementTarget":"","elementContent":"Read the <b>reviews</b>"}
                """),
        });

    /// <summary>A page view that says nothing of who the visitor is, but for the collector's cookie.</summary>
    public ExpectedEvent AnonymousPageView() =>
        Anyone().With(ExpectedColumns.Type("page_view", Snowplow, "page_view"))
            .With(new() { ["page_title"] = "Espresso machines – the shop", ["contexts"] = Expected.Contexts(WebPage, BrowserContext("null")) });

    private static string WebPage => Expected.Entity($"{Snowplow}/web_page/jsonschema/1-0-0", """{"id":"{uuid}"}""");

    /// <summary>The browser entity.</summary>
    /// <param name="tabId">As JSON: the tab is not told of anonymous visitors.</param>
    private string BrowserContext(string tabId = "\"{uuid}\"") => Expected.Entity(
        $"{Snowplow}/browser_context/jsonschema/2-0-0",
        $$"""
        {"viewport":"1000x600","documentSize":"1000x{{DocumentHeight}}","resolution":"1600x900","colorDepth":24,"devicePixelRatio":1,
         "cookiesEnabled":true,"online":true,"browserLanguage":"de-CH","documentLanguage":"en","webdriver":true,
         "deviceMemory":"{number}","hardwareConcurrency":"{number}","tabId":{{tabId}}}
        """);

    /// <summary>The session entity.</summary>
    /// <param name="eventIndex">The event's number in the session, as JSON.</param>
    private static string ClientSession(string eventIndex) => Expected.Entity(
        $"{Snowplow}/client_session/jsonschema/1-0-2",
        $$"""
        {"userId":"{uuid}","sessionId":"{uuid}","eventIndex":{{eventIndex}},"sessionIndex":1,
         "previousSessionId":null,"storageMechanism":"COOKIE_1","firstEventId":"{uuid}","firstEventTimestamp":"{time}"}
        """);

    /// <summary>What every event of a visitor who is not anonymous holds.</summary>
    private ExpectedEvent Event(string index = AnyNumber, params string[] entities) => Anyone()
        .With(ExpectedColumns.Campaign())
        .With(new()
        {
            ["user_id"] = "ada",
            ["domain_userid"] = Expected.Uuid,
            ["domain_sessionidx"] = "1",
            ["domain_sessionid"] = Expected.Uuid,
            ["contexts"] = Expected.Contexts([.. entities, WebPage, BrowserContext(), ClientSession(index)]),
        });

    private ExpectedEvent Anyone()
    {
        var time = Expected.Time(Since, Since.AddMinutes(5));
        return ExpectedColumns.Pipeline(Since).With(ExpectedColumns.Page(Page)).With(new()
        {
            ["app_id"] = AppId,
            ["platform"] = "web",
            ["dvce_created_tstamp"] = time,
            ["dvce_sent_tstamp"] = time,
            ["name_tracker"] = "shop-tracker",
            ["v_tracker"] = "js-4.10.1",
            ["useragent"] = UserAgent,
            ["br_lang"] = "de-CH",
            ["br_cookies"] = "1",
            ["br_colordepth"] = "24",
            ["br_viewwidth"] = "1000",
            ["br_viewheight"] = "600",
            ["os_timezone"] = "Europe/Zurich",
            ["dvce_screenwidth"] = "1600",
            ["dvce_screenheight"] = "900",
            ["doc_charset"] = "UTF-8",
            ["doc_width"] = "1000",
            ["doc_height"] = DocumentHeight,
        });
    }
}
