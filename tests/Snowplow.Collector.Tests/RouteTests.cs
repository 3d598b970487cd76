using System.Net;

namespace Snowplow.Collector.Tests;

public sealed class RouteTests : IAsyncLifetime
{
    private CollectorServer _server = null!;

    private RecordingStream Stream => _server.Recorded;

    public async Task InitializeAsync() => _server = await CollectorServer.StartAsync(new RecordingStream());

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("POST", "/com.snowplowanalytics.snowplow/tp2", 200, "text/plain; charset=UTF-8", 2, 1)]
    [InlineData("GET", "/com.snowplowanalytics.snowplow/tp2?e=pv", 200, "image/gif", 43, 1)]
    [InlineData("HEAD", "/com.snowplowanalytics.snowplow/tp2?e=pv", 200, "image/gif", 43, 1)]
    [InlineData("POST", "/com.unknown/v9", 200, "text/plain; charset=UTF-8", 2, 1)]
    [InlineData("GET", "/i", 200, "image/gif", 43, 1)]
    [InlineData("HEAD", "/i?e=pv", 200, "image/gif", 43, 1)]
    [InlineData("GET", "/ice.png", 200, "image/gif", 43, 1)]
    [InlineData("HEAD", "/ice.png", 200, "image/gif", 43, 1)]
    [InlineData("POST", "/i", 404, "text/plain; charset=UTF-8", 9, 0)]
    [InlineData("GET", "/health", 200, "text/plain; charset=UTF-8", 2, 0)]
    [InlineData("GET", "/sink-health", 200, "text/plain; charset=UTF-8", 2, 0)]
    [InlineData("GET", "/ready", 200, "text/plain; charset=UTF-8", 2, 0)]
    [InlineData("POST", "/health", 404, "text/plain; charset=UTF-8", 9, 0)]
    [InlineData("PUT", "/com.acme/v1", 404, "text/plain; charset=UTF-8", 9, 0)]
    [InlineData("DELETE", "/com.acme/v1", 404, "text/plain; charset=UTF-8", 9, 0)]
    [InlineData("GET", "/one", 404, null, 0, 0)]
    [InlineData("POST", "/one/two/three", 404, null, 0, 0)]
    [InlineData("GET", "/one/two/", 404, "text/plain; charset=UTF-8", 9, 0)]
    [InlineData("GET", "/api/unknown", 404, "text/plain; charset=UTF-8", 9, 0)]
    [InlineData("POST", "/api/live", 404, "text/plain; charset=UTF-8", 9, 0)]
    [InlineData("GET", "/api/live", 200, "text/plain; charset=utf-8", 4, 0)]
    [InlineData("POST", "/v1/rest/query", 200, "text/plain; charset=utf-8", 4, 0)]
    [InlineData("GET", "/", 200, "text/plain; charset=utf-8", 9, 0)]
    public async Task Request_OfAMethodAndPath_IsAnsweredAndStored(string method, string target, int status, string? contentType, int length, int stored)
    {
        using var response = await _server.SendAsync(method, target, method == "POST" ? "{}" : null);

        ((int)response.StatusCode).ShouldBe(status);
        response.Content.Headers.ContentType?.ToString().ShouldBe(contentType);
        if (contentType is not null) (response.Content.Headers.ContentLength ?? (await response.Content.ReadAsByteArrayAsync()).Length).ShouldBe(length);
        Stream.Appended.Count.ShouldBe(stored);
    }

    [Fact]
    public async Task Pixel_OfAGet_IsTheGifAndIsNotCached()
    {
        using var response = await _server.SendAsync("GET", "/i?e=pv");

        Convert.ToBase64String(await response.Content.ReadAsByteArrayAsync()).ShouldBe("R0lGODlhAQABAPAAAP///wAAACH5BAUAAAAALAAAAAABAAEAAAICRAEAOw==");
        response.Headers.CacheControl!.ToString().Split(", ").ShouldBe(["no-store", "no-cache", "must-revalidate"], ignoreOrder: true);
    }

    [Fact]
    public async Task Robots_OfAnyone_AreKeptOut()
    {
        var text = await _server.Client.GetStringAsync(new Uri("/robots.txt", UriKind.Relative));

        foreach (var agent in new[] { "*", "Googlebot", "AdsBot-Google" }) text.ShouldContain($"User-agent: {agent}\nDisallow: /\n");
        Stream.Appended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Readiness_WhileTheStreamHasAProblem_Is503AndHealthStays200()
    {
        Stream.Problem = "the disk is full";

        foreach (var path in new[] { "/sink-health", "/ready" })
        {
            using var response = await _server.SendAsync("GET", path);
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await response.Content.ReadAsStringAsync()).ShouldBe("Service Unavailable");
        }

        using var health = await _server.SendAsync("GET", "/health");
        health.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Response_ToAnEvent_DoesNotNameTheServer()
    {
        using var response = await _server.SendAsync("GET", "/i");

        response.Headers.Contains("Server").ShouldBeFalse();
    }
}
