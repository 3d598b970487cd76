using Snowplow.Enrich.Tests.Pipeline;

namespace Snowplow.Enrich.Tests.Enrichments;

/// <summary>Cookies and headers of the request as entities.</summary>
public sealed class HeaderExtractorTests
{
    private const string CookieConfig = "com.snowplowanalytics.snowplow/cookie_extractor_config/1-0-0";
    private const string HeaderConfig = "com.snowplowanalytics.snowplow.enrichments/http_header_extractor_config/1-0-0";

    // headers, with bars between | entities, with bars between
    [Theory]
    [InlineData("Cookie: a=1; b=2; sp=3", """{"name":"a","value":"1"}|{"name":"sp","value":"3"}""")]
    [InlineData("cookie: sp = x ", """{"name":"sp","value":"x"}""")]
    [InlineData("Cookie: sp", """{"name":"sp","value":null}""")]
    [InlineData("Cookie: sp=", """{"name":"sp","value":""}""")]
    [InlineData("Cookie: sp=a=b==", """{"name":"sp","value":"a=b=="}""")]
    [InlineData("Cookie: sp=\"q u\"", """{"name":"sp","value":"q u"}""")]
    [InlineData("Cookie: sp=1|Host: x|Cookie: sp=2; a=3", """{"name":"sp","value":"1"}|{"name":"sp","value":"2"}|{"name":"a","value":"3"}""")]
    [InlineData("Cookie: SP=1; spx=2; ;; =", "")]
    [InlineData("X-Cookie: sp=1|application/json", "")]
    public async Task Cookies_ThatAreNamed_BecomeEntities(string headers, string expected)
    {
        using var files = EnrichmentFiles.Of(CookieConfig, """{"cookies":["sp","a"]}""");
        using var harness = new Harness(files.Options);
        var e = (await harness.ProcessAsync(Harness.PostPageView() with { Headers = headers.Split('|') })).Event;
        e.Derived("org.ietf/http_cookie/1-0-0").ShouldBe(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("X-A", "X-A: 1|X-B: 2", """{"name":"X-A","value":"1"}""")]
    [InlineData("X-.*", "X-A: 1|Host: h|X-B:2", """{"name":"X-A","value":"1"}|{"name":"X-B","value":"2"}""")]
    [InlineData("X", "X-A: 1|AX: 2", "")]
    [InlineData("x-a", "X-A: 1", "")]
    [InlineData("(?i)x-a", "X-A: 1", """{"name":"X-A","value":"1"}""")]
    [InlineData("A|B", "A: 1|B: 2|AB: 3", """{"name":"A","value":"1"}|{"name":"B","value":"2"}""")]
    [InlineData(".*", "application/json", "")]
    [InlineData(".*", "Referer: http://a.example/\u00e4\"", """{"name":"Referer","value":"http://a.example/ä\""}""")]
    [InlineData(".*", "X-Empty:", """{"name":"X-Empty","value":""}""")]
    public async Task Headers_ThatMatchWholly_BecomeEntities(string pattern, string headers, string expected)
    {
        using var files = EnrichmentFiles.Of(HeaderConfig, $$"""{"headersPattern":"{{pattern}}"}""");
        using var harness = new Harness(files.Options);
        var e = (await harness.ProcessAsync(Harness.PostPageView() with { Headers = headers.Split('|') })).Event;
        e.Derived("org.ietf/http_header/1-0-0").ShouldBe(expected.Split('|', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Header_OnWhichThePatternBacktracksWithoutEnd_IsAnEnrichmentFailure()
    {
        using var files = EnrichmentFiles.Of(HeaderConfig, """{"headersPattern":"(a+)+b"}""");
        using var harness = new Harness(files.Options);
        var row = (await harness.ProcessAsync(Harness.PostPageView() with { Headers = [new string('a', 60) + ": 1"] })).BadRow;
        row.Type.ShouldBe("enrichment_failures");
        row.Failure.GetRawText().ShouldContain("write headersPattern simpler");
    }

    [Fact]
    public async Task Request_WithoutHeaders_GivesNothing()
    {
        using var files = EnrichmentFiles.Of(HeaderConfig, """{"headersPattern":".*"}""").Add(CookieConfig, """{"cookies":["sp"]}""");
        using var harness = new Harness(files.Options);
        (await harness.ProcessAsync(Harness.PostPageView() with { Headers = null })).Event.ShouldHave("derived_contexts=");
    }

    [Theory]
    [InlineData(HeaderConfig, """{"headersPattern":"("}""", "parameters.headersPattern: is no regular expression")]
    [InlineData(HeaderConfig, """{"headersPattern":"a*+"}""", "parameters.headersPattern: is no regular expression")]
    [InlineData(HeaderConfig, """{}""", "headersPattern")]
    [InlineData(CookieConfig, """{"cookies":"sp"}""", "cookies")]
    [InlineData(CookieConfig, """{}""", "cookies")]
    public void Configuration_ThatIsWrong_IsRefused(string schema, string parameters, string expected)
    {
        using var files = EnrichmentFiles.Of(schema, parameters);
        files.ShouldBeRefused(expected);
    }
}
