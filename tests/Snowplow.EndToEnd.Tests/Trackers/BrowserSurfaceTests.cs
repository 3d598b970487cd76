using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Enriched;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Trackers;

/// <summary>The web tracker's whole API with its plugins, in a real browser: each kind of event is taken, and nothing is refused.</summary>
[Collection(ShopPlatformCollection.Name)]
public sealed class BrowserSurfaceTests(ShopPlatform platform)
{
    private const string Ecommerce = "com.snowplowanalytics.snowplow.ecommerce/snowplow_ecommerce_action";

    // event_vendor/event_name, each of which clients/browser/surface.js or the visitor below causes.
    private static readonly string[] Kinds =
    [
        "com.google.analytics.enhanced-ecommerce/action",
        "com.google.analytics/event",
        .. Of("com.snowplowanalytics.mobile", "screen_end", "screen_view"),
        Ecommerce,
        .. Of(
            "com.snowplowanalytics.snowplow.media",
            "ad_break_end_event", "ad_break_start_event", "ad_click_event", "ad_complete_event", "ad_pause_event", "ad_quartile_event",
            "ad_resume_event", "ad_skip_event", "ad_start_event", "buffer_end_event", "buffer_start_event", "end_event", "error_event",
            "fullscreen_change_event", "pause_event", "percent_progress_event", "picture_in_picture_change_event", "play_event",
            "playback_rate_change_event", "quality_change_event", "ready_event", "seek_end_event", "seek_start_event", "volume_change_event"),
        .. Of(
            "com.snowplowanalytics.snowplow",
            "application_error", "button_click", "change_form", "consent_granted", "consent_withdrawn", "create_element", "destroy_element",
            "expose_element", "focus_form", "link_click", "obscure_element", "page_ping", "page_view", "site_search", "social_interaction",
            "submit_form", "timing"),
        "org.example.shop/rating",
    ];

    private static readonly string[] EcommerceActions =
    [
        "add_to_cart", "checkout_step", "list_click", "list_view", "product_view", "promo_click", "promo_view", "refund", "remove_from_cart",
        "transaction", "trns_error",
    ];

    [NeedsTheory(Tool.Node, Tool.Chromium)]
    [InlineData("""{"eventMethod":"post"}""", "post")]
    [InlineData("""{"eventMethod":"get"}""", "get")]
    [InlineData("""{"eventMethod":"post","keepalive":true}""", "keepalive")]
    [InlineData("""{"eventMethod":"post","encodeBase64":false,"anonymousTracking":{"withServerAnonymisation":true}}""", "anonymous")]
    public async Task EveryCallOfTheTracker_InABrowser_LandsAsAGoodEvent(string configuration, string name)
    {
        await using var site = await ShopSite.StartAsync("surface");
        var appId = $"surface-{name}";
        var settings = JsonNode.Parse(configuration)!.AsObject();
        settings["collector"] = platform.Snowplow.Url.GetLeftPart(UriPartial.Authority);
        settings["appId"] = appId;
        await using (var browser = await Browser.OpenAsync(new Uri(site.Url, "shop?utm_source=news#top"), settings))
        {
            await browser.SiteAsync("everything");
            await ShopAsync(browser);
            await EventsAsync(appId, "the banner's end", e => e["event_name"] == "destroy_element");
            await EventsAsync(appId, "a page ping", e => e["event"] == "page_ping");
            await EventsAsync(appId, "the script's error", IsLast);
        }

        IReadOnlyList<TsvEvent> events = [];
        await Eventually.HappensAsync(
            $"all kinds of events of {appId}",
            () =>
            {
                events = [.. platform.Snowplow.Data.EnrichedEvents().Where(e => e["app_id"] == appId)];
                return Task.FromResult(Kinds.Except(events.Select(Kind)).Any() ? null : events);
            },
            () => $"Missing: {string.Join(", ", Kinds.Except(events.Select(Kind)))}\n{platform.Snowplow.Data.DescribeBadRows()}");
        events.Select(Kind).Distinct().Order(StringComparer.Ordinal).ShouldBe(Kinds.Order(StringComparer.Ordinal));
        events.Select(e => e.SelfDescribed(Ecommerce)?["type"]!.GetValue<string>()).OfType<string>().Distinct().Order(StringComparer.Ordinal).ShouldBe(EcommerceActions);
        platform.Snowplow.Data.BadRows().Select(row => row.ToJsonString()).Where(row => row.Contains(appId, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [NeedsFact(Tool.Node, Tool.Chromium)]
    public async Task Beacon_OfABrowser_LandsThoughItMayOnlyBePlainText()
    {
        await using var site = await ShopSite.StartAsync("page");
        var settings = new JsonObject { ["collector"] = platform.Snowplow.Url.GetLeftPart(UriPartial.Authority), ["appId"] = "beacon" };
        await using var browser = await Browser.OpenAsync(site.Url, settings);
        var sent = await browser.ValueAsync(
            $$$"""
            navigator.sendBeacon('{{{platform.Snowplow.Url}}}com.snowplowanalytics.snowplow/tp2', JSON.stringify({
              schema: 'iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4',
              data: [{ e: 'pv', p: 'web', tv: 'js-2.18.0', aid: 'beacon', url: location.href }] }))
            """);
        sent.ShouldBe("true");
        (await platform.Snowplow.EnrichedEventsAsync("a beacon's page view", e => e["app_id"] == "beacon", 1))[0]["page_url"].ShouldBe(site.Url.AbsoluteUri);
    }

    // A visitor who reads, clicks, fills in the form and has the banner go away.
    private static async Task ShopAsync(Browser browser)
    {
        var page = browser.Page;
        await page.ClickAsync("#more b");
        await page.ClickAsync("#buy");
        await page.FillAsync("[name=colour]", "green");
        await page.SelectOptionAsync("[name=size]", "L");
        await page.FillAsync("[name=wish]", "quick");
        await page.ClickAsync("#send");
        await page.EvaluateAsync("() => { window.scrollTo(0, 2000) }");
        await page.WaitForTimeoutAsync(300);
        await page.EvaluateAsync("() => { document.getElementById('banner').remove(); setTimeout(() => { throw new Error('late') }) }");
    }

    private static bool IsLast(TsvEvent e) => e["event_name"] == "application_error" && e["unstruct_event"].Contains("late", StringComparison.Ordinal);

    private static string Kind(TsvEvent e) => $"{e["event_vendor"]}/{e["event_name"]}";

    private static IEnumerable<string> Of(string vendor, params string[] names) => names.Select(name => $"{vendor}/{name}");

    private Task EventsAsync(string appId, string what, Func<TsvEvent, bool> which) =>
        platform.Snowplow.EnrichedEventsAsync($"{what} of {appId}", e => e["app_id"] == appId && which(e), 1);
}
