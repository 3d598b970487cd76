namespace Snowplow.Collector.Tests;

public sealed class CorsTests : IAsyncLifetime
{
    private CollectorServer _server = null!;

    public async Task InitializeAsync() => _server = await CollectorServer.StartAsync(new RecordingStream());

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(null, "*")]
    [InlineData("null", "*")]
    [InlineData("https://shop.example", "https://shop.example")]
    [InlineData("http://localhost:3000", "http://localhost:3000")]
    [InlineData("https://[::1]:8443", "https://[::1]:8443")]
    [InlineData("null https://a.example https://b.example", "https://a.example")]
    [InlineData("nonsense https://a.example", "https://a.example")]
    [InlineData("nonsense", "*")]
    [InlineData("https://", "*")]
    [InlineData("https://evil.example/<script>", "*")]
    public async Task Response_ToAnOrigin_AllowsIt(string? origin, string allowed)
    {
        (string, string)[] headers = origin is null ? [] : [("Origin", origin)];

        foreach (var (method, path) in new[] { ("GET", "/i"), ("POST", "/com.acme/v1"), ("OPTIONS", "/com.acme/v1") })
        {
            using var response = await _server.SendAsync(method, path, method == "POST" ? "{}" : null, headers);
            response.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([allowed]);
            response.Headers.GetValues("Access-Control-Allow-Credentials").ShouldBe(["true"]);
        }
    }

    [Theory]
    [InlineData("/com.snowplowanalytics.snowplow/tp2")]
    [InlineData("/i")]
    [InlineData("/health")]
    [InlineData("/robots.txt")]
    [InlineData("/one")]
    [InlineData("/one/two/three")]
    public async Task Preflight_OfAPathOfTheCollectorOrOfNobody_IsAllowed(string path)
    {
        using var response = await _server.SendAsync("OPTIONS", path, null, ("Origin", "https://shop.example"), ("Access-Control-Request-Method", "POST"));

        ((int)response.StatusCode).ShouldBe(200);
        (await response.Content.ReadAsStringAsync()).ShouldBeEmpty();
        response.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldBe("Content-Type, SP-Anonymous");
        response.Headers.GetValues("Access-Control-Max-Age").ShouldBe(["3600"]);
        response.Headers.Contains("Access-Control-Allow-Methods").ShouldBeFalse();
    }

    [Theory]
    [InlineData("/api/live")]
    [InlineData("/v1/rest/query")]
    [InlineData("/")]
    public async Task Preflight_OfSomebodyElsesPath_AllowsNothing(string path)
    {
        using var response = await _server.SendAsync("OPTIONS", path, null, ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "POST"));

        response.IsSuccessStatusCode.ShouldBeFalse();
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }
}
