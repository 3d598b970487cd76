using Snowplow.EndToEnd.Tests.Enriched;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Trackers;

/// <summary>The tracking pixel, fetched by curl as by any image tag.</summary>
[Collection(ShopPlatformCollection.Name)]
public sealed class PixelTests(ShopPlatform platform)
{
    private const string UserAgent = "curl in a test";

    [NeedsFact(Tool.Curl)]
    public async Task Pixel_WhenFetchedTwiceWithItsCookie_LandsTwoPageViewsOfOneUser()
    {
        var since = DateTimeOffset.UtcNow;
        var folder = Directory.CreateTempSubdirectory("snowplow-pixel-");
        try
        {
            await FetchAsync(folder.FullName, "first");
            await FetchAsync(folder.FullName, "second");
            var gif = await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "pixel"));
            Convert.ToBase64String(gif).ShouldBe("R0lGODlhAQABAPAAAP///wAAACH5BAUAAAAALAAAAAABAAEAAAICRAEAOw==");
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        var events = await platform.Snowplow.EnrichedEventsAsync("those of the pixel", e => e["app_id"] == "pixel", 2);
        var expected = ExpectedColumns.Pipeline(since).With(ExpectedColumns.Type("page_view", "com.snowplowanalytics.snowplow", "page_view"))
            .With(ExpectedColumns.Page(new("https://news.example/mail?n=7")))
            .With(new() { ["app_id"] = "pixel", ["platform"] = "web", ["v_tracker"] = "no-js", ["useragent"] = UserAgent });
        foreach (var title in new[] { "first", "second" })
            expected.With(new() { ["page_title"] = title }).ShouldMatch(events.Single(e => e["page_title"] == title));

        events[0]["network_userid"].ShouldBe(events[1]["network_userid"], "the cookie names the user");
        await platform.Snowplow.ShouldShowAsync(e => e["app_id"] == "pixel");
    }

    private Task<string> FetchAsync(string folder, string title) => ChildProcess.RunAsync(
        "curl",
        [
            "--silent", "--show-error", "--fail", "--cookie-jar", "cookies", "--cookie", "cookies", "--output", "pixel", "--user-agent", UserAgent,
            $"{platform.Snowplow.Url}i?e=pv&p=web&tv=no-js&aid=pixel&page={title}&url=https%3A%2F%2Fnews.example%2Fmail%3Fn%3D7",
        ],
        folder,
        Eventually.Patience);
}
