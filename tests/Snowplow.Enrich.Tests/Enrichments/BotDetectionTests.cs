using System.Text.Json;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Tests.Pipeline;

namespace Snowplow.Enrich.Tests.Enrichments;

/// <summary>ASN lookups and bot detection, over entities as others add them.</summary>
public sealed class BotDetectionTests
{
    private const string AsnConfig = "com.snowplowanalytics.snowplow.enrichments/asn_lookups/1-0-0";
    private const string BotConfig = "com.snowplowanalytics.snowplow.enrichments/bot_detection_enrichment_config/1-0-1";
    private const string Asn = "iglu:com.snowplowanalytics.snowplow/asn/jsonschema/1-0-1";
    private const string Iab = "iglu:com.iab.snowplow/spiders_and_robots/jsonschema/1-0-0";
    private const string Yauaa = "iglu:nl.basjes/yauaa_context/jsonschema/1-0-5";
    private const string ClientSide = "iglu:com.snowplowanalytics.snowplow/client_side_bot_detection/jsonschema/1-0-0";
    private const string All = """{"useYauaa":true,"useIab":true,"useAsnLookups":true,"useClientSideDetection":true}""";

    // asn entity | platform | what it becomes
    [Theory]
    [InlineData("""{"number":64500,"organization":"Acme"}""", "web", """{"number":64500,"organization":"Acme","likelyBot":true}""")]
    [InlineData("""{"number":64501}""", "web", """{"number":64501,"likelyBot":true}""")]
    [InlineData("""{"number":64502}""", "web", """{"number":64502,"likelyBot":true}""")]
    [InlineData("""{"number":64503}""", "web", """{"number":64503,"likelyBot":false}""")]
    [InlineData("""{"number":64500}""", "srv", """{"number":64500}""")]
    public async Task Asn_OfAList_IsALikelyBot(string asn, string platform, string expected)
    {
        using var files = new EnrichmentFiles().AddFile("bots.csv", "asn,name\n64501,\"Robots, Inc\"\nAS64502,Spiders\n\n");
        files.Add(AsnConfig, $$"""{"botAsnsFile":{"uri":"file://{{files.Folder}}","database":"bots.csv"},"botAsns":[{"asn":64500,"name":"Acme"}],"bypassPlatforms":["srv"]}""");
        (await RunAsync(files, [(Asn, asn)], ("p", platform))).ShouldBe([expected]);
    }

    [Theory]
    [InlineData(Asn, """{"number":1,"likelyBot":true}""", All, """{"bot":true,"indicators":["asnLookups"]}""")]
    [InlineData(Asn, """{"number":1,"likelyBot":false}""", All, """{"bot":false,"indicators":[]}""")]
    [InlineData(Asn, """{"number":1}""", All, """{"bot":false,"indicators":[]}""")]
    [InlineData(Iab, """{"spiderOrRobot":true}""", All, """{"bot":true,"indicators":["iab"]}""")]
    [InlineData(Iab, """{"spiderOrRobot":false}""", All, """{"bot":false,"indicators":[]}""")]
    [InlineData(Yauaa, """{"deviceClass":"Robot"}""", All, """{"bot":true,"indicators":["yauaa"]}""")]
    [InlineData(Yauaa, """{"deviceClass":"Robot Imitator"}""", All, """{"bot":true,"indicators":["yauaa"]}""")]
    [InlineData(Yauaa, """{"deviceClass":"Phone","agentClass":"Robot Mobile"}""", All, """{"bot":true,"indicators":["yauaa"]}""")]
    [InlineData(Yauaa, """{"deviceClass":"Phone","agentClass":"Robot Imitator"}""", All, """{"bot":false,"indicators":[]}""")]
    [InlineData(Iab, """{"spiderOrRobot":true}""", """{"useYauaa":true,"useIab":false,"useAsnLookups":true,"useClientSideDetection":true}""", """{"bot":false,"indicators":[]}""")]
    public async Task Bot_ByAnEntityOfAnEnrichment_IsFound(string schema, string data, string parameters, string expected)
    {
        using var files = EnrichmentFiles.Of(BotConfig, parameters);
        (await RunAsync(files, [(schema, data)])).ShouldBe([data, expected]);
    }

    [Fact]
    public async Task Bot_BySeveralEntities_NamesAll()
    {
        using var files = EnrichmentFiles.Of(BotConfig, All);
        (await RunAsync(files, [(Asn, """{"number":1,"likelyBot":true}"""), (Iab, """{"spiderOrRobot":true}"""), (Yauaa, """{"deviceClass":"Robot Mobile"}""")]))
            [^1].ShouldBe("""{"bot":true,"indicators":["yauaa","iab","asnLookups"]}""");
    }

    [Theory]
    [InlineData(ClientSide, """{"bot":true,"kind":"selenium"}""", """{"bot":true,"indicators":["clientSideDetection"]}""")]
    [InlineData(ClientSide, """{"bot":false}""", """{"bot":false,"indicators":[]}""")]
    [InlineData(Iab, """{"spiderOrRobot":true,"category":"SPIDER_OR_ROBOT","reason":"FAILED_UA_INCLUDE","primaryImpact":"UNKNOWN"}""", """{"bot":false,"indicators":[]}""")]
    [InlineData(Asn, """{"number":1,"likelyBot":true}""", """{"bot":false,"indicators":[]}""")]
    public async Task Bot_ByAnEntityOfTheTracker_IsFoundWhereTrackersMaySay(string schema, string data, string expected)
    {
        using var files = EnrichmentFiles.Of(BotConfig, All);
        using var harness = new Harness(files.Options);
        var contexts = $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{"schema":"{{schema}}","data":{{data}}}]}""";
        var e = (await harness.ProcessAsync(Harness.PostPageView(("co", contexts)))).Event;
        e.Derived("com.snowplowanalytics.snowplow/bot_detection/1-0-1").ShouldBe([expected]);
    }

    [Fact]
    public async Task Configuration_OfTheFirstVersion_KnowsNoClientSideDetection()
    {
        using var files = EnrichmentFiles.Of(BotConfig.Replace("1-0-1", "1-0-0"), """{"useYauaa":true,"useIab":true,"useAsnLookups":true}""");
        (await RunAsync(files, [(ClientSide, """{"bot":true}""")]))[^1].ShouldBe("""{"bot":false,"indicators":[]}""");
    }

    [Theory]
    [InlineData(AsnConfig, """{"botAsns":[{"asn":-1}]}""", "asn")]
    [InlineData(AsnConfig, """{"bypassPlatforms":["abacus"]}""", "bypassPlatforms")]
    [InlineData(AsnConfig, """{"botAsnsFile":{"uri":"file:///nowhere","database":"bots.csv"}}""", "parameters.botAsnsFile: the file /nowhere/bots.csv is not there.")]
    [InlineData(BotConfig, """{"useYauaa":true}""", "useIab")]
    public void Configuration_ThatIsWrong_IsRefused(string schema, string parameters, string expected)
    {
        using var files = EnrichmentFiles.Of(schema, parameters);
        Should.Throw<Snowplow.Enrich.Enrichments.Configuration.EnrichmentConfigException>(() => new Harness(files.Options)).Message.ShouldContain(expected);
    }

    [Fact]
    public void AsnFile_ThatIsBroken_IsRefused()
    {
        using var files = new EnrichmentFiles().AddFile("bots.csv", "asn\nAcme,1\n");
        files.Add(AsnConfig, $$$$"""{"botAsnsFile":{"uri":"file://{{{{files.Folder}}}}","database":"bots.csv"}}""");
        files.ShouldBeRefused("line 2 begins with 'Acme'");
    }

    // The steps of a configuration alone, behind enrichments that have added entities.
    private static async Task<IReadOnlyList<string>> RunAsync(
        EnrichmentFiles files, (string Schema, string Data)[] added, params (string Field, string Value)[] fields)
    {
        using var client = new HttpClient();
        using var resolver = new Snowplow.Enrich.Iglu.IgluResolver(new Snowplow.Enrich.Iglu.IgluOptions(), client, TimeProvider.System);
        using var set = EnrichmentSet.Load(files.Options, client, new Snowplow.Enrich.Iglu.SelfDescribingValidator(resolver), TimeProvider.System);
        using var e = new EventInProgress();
        e.Fields.SetText(Snowplow.Events.Enriched.EventField.Platform, fields.FirstOrDefault(field => field.Field == "p").Value ?? "web");
        foreach (var (schema, data) in added) e.DerivedContexts.Add(System.Text.Encoding.UTF8.GetBytes(schema), System.Text.Encoding.UTF8.GetBytes(data));
        foreach (var step in set.CreateSteps().Where(step => step is AsnLookups or BotDetection)) await step.EnrichAsync(e, CancellationToken.None);
        return [.. Enumerable.Range(0, e.DerivedContexts.Count).Select(i => JsonDocument.Parse(e.DerivedContexts.Data(i)).RootElement.GetRawText())];
    }
}
