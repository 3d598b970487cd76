using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Enrichments.Configuration;

public sealed class EnrichmentFolderTests : IDisposable
{
    private const string Campaign = """{"mapping":"static","fields":{"mktMedium":["m"],"mktSource":[],"mktTerm":[],"mktContent":[],"mktCampaign":[]}}""";

    private readonly EnrichmentFiles _files = new();

    // file's text | what the errors hold
    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("[]", "must be self-describing JSON")]
    [InlineData("""{"schema":"iglu:nonsense","data":{}}""", "schema: 'iglu:nonsense' is no Iglu URI")]
    [InlineData("""{"schema":"iglu:com.acme/magic/jsonschema/1-0-0","data":{"enabled":true}}""", "schema: com.acme/magic is no enrichment. Known are")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow/campaign_attribution/jsonschema/9-0-0","data":{"enabled":true}}""", "version 9-0-0 of campaign_attribution is not supported")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow.enrichments/yauaa_enrichment_config/jsonschema/1-0-0","data":{"enabled":true}}""", "not offered here")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow/campaign_attribution/jsonschema/1-0-1","data":{"vendor":"v","name":"n","enabled":"yes","parameters":{"fields":{"mktMedium":[],"mktSource":[],"mktTerm":[],"mktContent":[],"mktCampaign":[]}}}}""", "data.enabled")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow/campaign_attribution/jsonschema/1-0-1","data":{"vendor":"v","name":"n","enabled":true,"parameters":{"mapping":"script","fields":{"mktMedium":[],"mktSource":[],"mktTerm":[],"mktContent":[],"mktCampaign":[]}}}}""", "parameters.mapping: must be 'static'")]
    public void Load_OfAWrongFile_NamesFileAndField(string text, string expected)
    {
        _files.AddFile("wrong.json", text);
        var error = Should.Throw<EnrichmentConfigException>(() => new Harness(_files.Options)).Errors.ShouldHaveSingleItem();
        error.ShouldStartWith(Path.Combine(_files.Folder, "wrong.json") + ": ");
        error.ShouldContain(expected);
    }

    [Fact]
    public void Load_OfSeveralWrongFiles_TellsAllAtOnce()
    {
        _files.AddFile("a.json", "{").AddFile("b.json", "[]").AddFile("not-json.txt", "ignored");
        Should.Throw<EnrichmentConfigException>(() => new Harness(_files.Options)).Errors.Count.ShouldBe(2);
    }

    [Fact]
    public void Load_OfAFolderThatIsNotThere_SaysSo() =>
        Should.Throw<EnrichmentConfigException>(() => new Harness(Harness.Options with { Enrichments = "/nowhere/at/all" }))
            .Message.ShouldContain("/nowhere/at/all: the folder of enrichments is not there");

    [Fact]
    public void Load_OfTheSameEnrichmentTwice_IsRefused()
    {
        _files.Add("com.snowplowanalytics.snowplow/campaign_attribution/1-0-0", Campaign);
        File.Copy(Path.Combine(_files.Folder, "campaign_attribution.json"), Path.Combine(_files.Folder, "second.json"));
        Should.Throw<EnrichmentConfigException>(() => new Harness(_files.Options)).Message.ShouldContain("keep one of the two");
    }

    [Theory]
    [InlineData(true, "x")]
    [InlineData(false, null)]
    public async Task Enrichment_WhenConfigured_RunsOnlyIfItIsEnabled(bool enabled, string? medium)
    {
        _files.Add("com.snowplowanalytics.snowplow/campaign_attribution/1-0-0", Campaign, enabled);
        using var harness = new Harness(_files.Options);
        (await harness.ProcessAsync(Harness.PostPageView(("url", "http://a.com/?m=x")))).Event.Text(EventField.MktMedium).ShouldBe(medium);
    }

    [Fact]
    public async Task Enrichments_InOneEnvelope_AreAllRead()
    {
        _files.AddFile("all.json", $$$"""
            {"schema":"iglu:com.snowplowanalytics.snowplow/enrichments/jsonschema/1-0-0","data":[
              {"schema":"iglu:com.snowplowanalytics.snowplow/campaign_attribution/jsonschema/1-0-7",
               "data":{"vendor":"com.snowplowanalytics.snowplow","name":"campaign_attribution","enabled":true,"parameters":{{{Campaign}}}}}]}
            """);
        using var harness = new Harness(_files.Options);
        (await harness.ProcessAsync(Harness.PostPageView(("url", "http://a.com/?m=x")))).Event.Text(EventField.MktMedium).ShouldBe("x");
    }

    [Fact]
    public void Table_OfEnrichments_HasASchemaForEachConfiguration() =>
        EnrichmentTable.InOrder.Where(row => row.Vendor is not null).ShouldAllBe(row => Snowplow.Enrich.Iglu.BuiltInRegistry.Keys.Any(
            key => key.Vendor == row.Vendor && key.Name == row.Name && key.Model == row.Model));

    public void Dispose() => _files.Dispose();
}
