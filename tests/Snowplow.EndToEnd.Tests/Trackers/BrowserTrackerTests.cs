using System.Net;
using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Enriched;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Trackers;

/// <summary>The official browser tracker, in a real browser, on a page of another origin.</summary>
[Collection(ShopPlatformCollection.Name)]
public sealed class BrowserTrackerTests(ShopPlatform platform)
{
    private const string Page = "machines/espresso?utm_source=news%20letter&utm_medium=email&utm_campaign=autumn&gclid=G-1#top";
    private const string Rating = """{"sku":"K-100","stars":5,"comment":"Tout à fait – 完璧"}""";
    private const string Stock = """{"sku":"K-100","warehouse":"Köln","left":3}""";
    private const string Nobody = "00000000-0000-0000-0000-000000000000";

    [NeedsTheory(Tool.Node, Tool.Chromium)]
    [InlineData("post")]
    [InlineData("get")]
    public async Task Visit_WhenTracked_LandsEveryKindOfEventFieldByField(string eventMethod)
    {
        await using var site = await ShopSite.StartAsync("page");
        var visit = new Visit(new Uri(site.Url, Page), $"visit-{eventMethod}", DateTimeOffset.UtcNow);
        await using (var browser = await OpenAsync(visit, new() { ["eventMethod"] = eventMethod }))
        {
            await PlayAsync(browser, visit);
        }

        var events = await EventsAsync(visit, "the whole visit", _ => true, 6);
        visit.PageView().ShouldMatch(events.Single(e => e["event"] == "page_view"));
        visit.Struct().ShouldMatch(events.Single(e => e["event"] == "struct"));
        visit.Rating(Rating, Stock).ShouldMatch(events.Single(e => e["event_name"] == "rating"));
        visit.Purchase().ShouldMatch(events.Single(e => e["event_name"] == "snowplow_ecommerce_action"));
        visit.PagePing().ShouldMatch(events.Where(IsPingAfterScrolling).MinBy(e => e["dvce_created_tstamp"])!);
        visit.LinkClick().ShouldMatch(events.Single(e => e["event_name"] == "link_click"));
        events.Select(e => e["network_userid"]).Distinct().Count().ShouldBe(1, "the collector's cookie comes back with each request");
        events.Select(e => e["domain_sessionid"]).Distinct().Count().ShouldBe(1);
        await platform.Snowplow.ShouldShowAsync(e => e["app_id"] == visit.AppId);
    }

    [NeedsFact(Tool.Node, Tool.Chromium)]
    public async Task AnonymousTracking_WhenOnTheClientOnly_KeepsTheCollectorsCookie()
    {
        await using var site = await ShopSite.StartAsync("page");
        var visit = new Visit(site.Url, "anonymous-client", DateTimeOffset.UtcNow);
        await using var browser = await OpenAsync(visit, new() { ["anonymousTracking"] = true });
        await browser.SiteAsync("setUserId", "'ada'");
        await browser.SiteAsync("trackPageView");
        await EventsAsync(visit, "a page view", _ => true, 1);
        await browser.SiteAsync("trackPageView");

        var events = await EventsAsync(visit, "two page views", _ => true, 2);
        foreach (var e in events) visit.AnonymousPageView().ShouldMatch(e);
        events[0]["network_userid"].ShouldBe(events[1]["network_userid"]);
        await platform.Snowplow.ShouldShowAsync(e => e["app_id"] == visit.AppId);
    }

    [NeedsFact(Tool.Node, Tool.Chromium)]
    public async Task AnonymousTracking_WhenOnTheServerToo_LeavesNothingThatTellsWho()
    {
        await using var site = await ShopSite.StartAsync("page");
        var visit = new Visit(site.Url, "anonymous-server", DateTimeOffset.UtcNow);
        await using var browser = await OpenAsync(visit, new() { ["anonymousTracking"] = new JsonObject { ["withServerAnonymisation"] = true } });
        await browser.SiteAsync("setUserId", "'ada'");
        await browser.SiteAsync("trackPageView");

        var e = (await EventsAsync(visit, "a page view", _ => true, 1)).Single();
        visit.AnonymousPageView().With(new() { ["network_userid"] = Nobody, ["user_ipaddress"] = "unknown" }).ShouldMatch(e);
        (await browser.Page.Context.CookiesAsync([platform.Snowplow.Url.AbsoluteUri])).ShouldNotContain(cookie => cookie.Name == "sp");
        using var nobody = await platform.Snowplow.Http.GetAsync(new Uri($"api/users/{Nobody}", UriKind.Relative));
        nobody.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [NeedsFact(Tool.Node, Tool.Chromium)]
    public async Task Page_WhenLeftWithEventsInTheBuffer_SendsThemOnTheWayOut()
    {
        await using var site = await ShopSite.StartAsync("page");
        var visit = new Visit(site.Url, "left", DateTimeOffset.UtcNow);
        await using var browser = await OpenAsync(visit, new() { ["bufferSize"] = 100, ["keepalive"] = true });
        await browser.SiteAsync("trackPageView");
        await browser.SiteAsync("trackStructEvent", "{ category: 'list', action: 'leave' }");
        await browser.Page.GotoAsync("about:blank");

        var events = await EventsAsync(visit, "what was in the buffer", _ => true, 2);
        events.Select(e => e["event"]).Order().ShouldBe(["page_view", "struct"]);
    }

    private static bool IsPingAfterScrolling(TsvEvent e) => e["pp_yoffset_max"] == "250";

    private async Task PlayAsync(Browser browser, Visit visit)
    {
        await browser.SiteAsync("setUserId", "'ada'");
        await browser.SiteAsync("enableActivityTracking");
        await browser.SiteAsync("trackPageView");
        await browser.SiteAsync("trackStructEvent", "{ category: 'list', action: 'sort', label: 'by price', property: 'order', value: -0.25 }");
        await browser.SiteAsync(
            "trackSelfDescribingEvent",
            $$"""
            { event: {{Expected.Entity("org.example.shop/rating/jsonschema/1-0-0", Rating)}},
              context: [{{Expected.Entity("org.example.shop/stock/jsonschema/1-0-0", Stock)}}] }
            """);
        await browser.SiteAsync(
            "trackTransaction",
            """
            { transaction_id: 'T-7', revenue: 129.5, currency: 'CHF', payment_method: 'card',
              products: [{ id: 'K-100', category: 'kitchen', price: 64.75, currency: 'CHF', quantity: 2 }] }
            """);
        await browser.Page.EvaluateAsync("() => { window.scrollTo(0, 250) }");
        await EventsAsync(visit, "a page ping that tells of the scrolling", IsPingAfterScrolling, 1);
        await browser.SiteAsync("enableLinkClickTracking", "{ trackContent: true }");
        await browser.Page.ClickAsync("#more b");
        await EventsAsync(visit, "a link click", e => e["event_name"] == "link_click", 1);
    }

    private async Task<Browser> OpenAsync(Visit visit, JsonObject configuration)
    {
        configuration["collector"] = platform.Snowplow.Url.GetLeftPart(UriPartial.Authority);
        configuration["appId"] = visit.AppId;
        var browser = await Browser.OpenAsync(visit.Page, configuration);
        visit.UserAgent = await browser.ValueAsync("navigator.userAgent");
        visit.DocumentHeight = await browser.ValueAsync("document.documentElement.scrollHeight");
        return browser;
    }

    private Task<IReadOnlyList<TsvEvent>> EventsAsync(Visit visit, string what, Func<TsvEvent, bool> which, int count) =>
        platform.Snowplow.EnrichedEventsAsync($"{what} of {visit.AppId}", e => e["app_id"] == visit.AppId && which(e), count);
}
