using System.Text.Json;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Enrichments;

public sealed class UaParserTests
{
    private const string Config = "com.snowplowanalytics.snowplow/ua_parser_config/1-0-1";

    private const string Rules = """
        user_agent_parsers: [{regex: 'Acme(\w*)', family_replacement: 'Acme $1'}]
        os_parsers: []
        device_parsers: []
        """;

    [Fact]
    public async Task UserAgent_ByDefault_BecomesAContext()
    {
        using var harness = new Harness();
        var data = await ContextAsync(harness, "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1");
        data.ShouldBe(
            """{"useragentFamily":"Mobile Safari","useragentMajor":"17","useragentMinor":"4","useragentPatch":null,"useragentVersion":"Mobile Safari 17.4","""
            + """ "osFamily":"iOS","osMajor":"17","osMinor":"4","osPatch":"1","osPatchMinor":null,"osVersion":"iOS 17.4.1","deviceFamily":"iPhone"}""".TrimStart());
    }

    [Fact]
    public async Task UserAgent_OfNothingKnown_IsOther()
    {
        using var harness = new Harness();
        (await ContextAsync(harness, "?")).ShouldBe(
            """{"useragentFamily":"Other","useragentMajor":null,"useragentMinor":null,"useragentPatch":null,"useragentVersion":"Other","""
            + """ "osFamily":"Other","osMajor":null,"osMinor":null,"osPatch":null,"osPatchMinor":null,"osVersion":"Other","deviceFamily":"Other"}""".TrimStart());
    }

    [Fact]
    public async Task UserAgent_ThatIsAbsent_HasNoContext()
    {
        using var harness = new Harness();
        (await harness.ProcessAsync(Request(null))).Event.Text(EventField.DerivedContexts).ShouldBeNull();
    }

    [Fact]
    public async Task Config_WithoutParameters_TakesTheBuiltInRules()
    {
        using var files = EnrichmentFiles.Of(Config, "{}");
        using var harness = new Harness(files.Options);
        (await ContextAsync(harness, "Firefox/1.2")).ShouldContain("\"useragentVersion\":\"Firefox 1.2\"");
    }

    [Fact]
    public async Task Config_WithAFileOfItsOwn_TakesItsRules()
    {
        using var files = new EnrichmentFiles();
        files.AddFile("own.yaml", Rules).Add(Config, $$"""{"uri":"file://{{files.Folder}}","database":"own.yaml"}""");
        using var harness = new Harness(files.Options);
        (await ContextAsync(harness, "AcmeTV")).ShouldStartWith("{\"useragentFamily\":\"Acme TV\"");
    }

    [Theory]
    [InlineData("""{"uri":"http://127.0.0.1:9"}""", "parameters.database: is missing")]
    [InlineData("""{"database":"own.yaml"}""", "parameters.uri: is missing")]
    [InlineData("""{"uri":"file:///nowhere","database":"own.yaml"}""", "own.yaml is not there")]
    public void Config_ThatNamesNoFile_IsRefused(string parameters, string expected)
    {
        using var files = EnrichmentFiles.Of(Config, parameters);
        Should.Throw<EnrichmentConfigException>(() => new Harness(files.Options)).Errors.ShouldHaveSingleItem().ShouldContain(expected);
    }

    [Fact]
    public void Config_OfAFileThatIsBroken_SaysWhere()
    {
        using var files = new EnrichmentFiles();
        files.AddFile("own.yaml", Rules.Replace("(", "[", StringComparison.Ordinal))
            .Add(Config, $$"""{"uri":"file://{{files.Folder}}","database":"own.yaml"}""");
        Should.Throw<EnrichmentConfigException>(() => new Harness(files.Options)).Message.ShouldContain("line 1: the regex cannot be used");
    }

    private static CollectorPayload Request(string? userAgent) => Harness.PostPageView() with { UserAgent = userAgent };

    private static async Task<string> ContextAsync(Harness harness, string userAgent)
    {
        var contexts = (await harness.ProcessAsync(Request(userAgent))).Event.Text(EventField.DerivedContexts);
        using var json = JsonDocument.Parse(contexts!);
        var context = json.RootElement.GetProperty("data").EnumerateArray()
            .Single(item => item.GetProperty("schema").GetString() == "iglu:com.snowplowanalytics.snowplow/ua_parser_context/jsonschema/1-0-0");
        return context.GetProperty("data").GetRawText();
    }
}
