using System.Text.Json;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Enriched;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Iglu;

/// <summary>Schemas that name a later version of themselves to be used instead.</summary>
public sealed class SupersedingTests : IDisposable
{
    private const string Old = "iglu:com.acme/order/jsonschema/1-0-0";
    private const string New = "iglu:com.acme/order/jsonschema/1-0-2";

    private readonly RegistryFolder _folder = new();
    private readonly HttpClient _client = new();

    [Theory]
    [InlineData("1-0-1")]
    [InlineData("2-0-0")]
    [InlineData("1-1-0")]
    public async Task Lookup_OfSupersededSchema_FindsTheLaterOne(string version)
    {
        var key = Add(Old, version, "string");
        Add($"iglu:com.acme/order/jsonschema/{version}", null, "object");
        var found = (await LookupAsync(key)).ShouldBeOfType<SchemaLookup.Found>();
        found.SupersededBy!.Version.ShouldBe(version);
        found.Schema.IsValid("{}"u8).ShouldBeTrue();
    }

    [Fact]
    public async Task Lookup_OfAChain_FindsItsEnd()
    {
        var key = Add(Old, "1-0-1", "string");
        Add("iglu:com.acme/order/jsonschema/1-0-1", "1-0-2", "string");
        Add(New, null, "object");
        (await LookupAsync(key)).ShouldBeOfType<SchemaLookup.Found>().SupersededBy!.Version.ShouldBe("1-0-2");
    }

    // what 1-0-0 says | what 1-0-1 says | why it cannot be used
    [Theory]
    [InlineData("1-0-1", "1-0-0", "1-0-0 is not higher than 1-0-1")]
    [InlineData("1-0-0", null, "1-0-0 is not higher than 1-0-0")]
    [InlineData("1.0.1", null, "'1.0.1' is no version")]
    [InlineData("1-0-7", null, "leads to 1-0-7, which the registry 'Folder' does not have")]
    public async Task Lookup_OfAMistakenSuperseding_SaysWhatIsWrong(string first, string? second, string expected)
    {
        var key = Add(Old, first, "object");
        if (second is not null) Add("iglu:com.acme/order/jsonschema/1-0-1", second, "object");
        var issue = (await LookupAsync(key)).ShouldBeOfType<SchemaLookup.Unusable>().Issues.ShouldHaveSingleItem();
        issue.Path.ShouldBe("#/$supersededBy");
        issue.Message.ShouldContain(expected);
    }

    [Fact]
    public async Task Lookup_OfSupersededSchema_StaysWithTheRegistryThatSaysSo()
    {
        using var other = new RegistryFolder();
        var key = Add(Old, "1-0-2", "object");
        other.Add(New, "{}");
        using var resolver = new IgluResolver(
            new IgluOptions { Registries = [_folder.Options, other.Options with { Name = "Other" }] }, _client, TimeProvider.System);
        (await resolver.LookupAsync(key, CancellationToken.None)).ShouldBeOfType<SchemaLookup.Unusable>();
    }

    [Fact]
    public async Task Lookup_WhoseRegistryFailsAtTheLaterVersion_TriesAgain()
    {
        var attempts = 0;
        await using var server = new RegistryServer(context => context.Request.Url!.AbsolutePath.EndsWith("1-0-0", StringComparison.Ordinal)
            ? RegistryServer.Answer(context, 200, """{"$supersededBy":"1-0-2"}""")
            : RegistryServer.Answer(context, Interlocked.Increment(ref attempts) < 3 ? 503 : 200, "{}"));
        using var resolver = new IgluResolver(
            new IgluOptions { Registries = [server.Options], MaxWait = TimeSpan.FromMinutes(1) }, _client, TimeProvider.System);
        (await resolver.LookupAsync(SchemaKey.Parse(Old), CancellationToken.None)).ShouldBeOfType<SchemaLookup.Found>().SupersededBy!.ToUri().ShouldBe(New);
        server.Requests.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("""{"self":{"vendor":"com.acme","name":"order","format":"jsonschema","version":"1"}}""", "#/self")]
    [InlineData("""{"self":"order"}""", "#/self")]
    [InlineData("""{"$supersededBy":102}""", "#/$supersededBy")]
    public async Task Lookup_OfADocumentThatMisdescribesItself_SaysWhere(string document, string path)
    {
        var key = _folder.Add(Old, document);
        (await LookupAsync(key)).ShouldBeOfType<SchemaLookup.Unusable>().Issues.ShouldHaveSingleItem().Path.ShouldBe(path);
    }

    [Fact]
    public async Task Event_OfSupersededSchemas_HoldsTheLaterVersionsAndSaysSoOncePerPair()
    {
        Add(Old, "1-0-2", "string");
        Add(New, null, "object");
        using var harness = new Harness(iglu: new IgluOptions { Registries = [_folder.Options] });
        var order = $$"""{"schema":"{{Old}}","data":{"id":1} }""";
        var e = (await harness.ProcessAsync(Harness.PostPageView(
            ("e", "ue"),
            ("ue_pr", $$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{{{order}}}}"""),
            ("co", $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{{order}},{{order}}]}""")) with { UserAgent = null })).Event;

        e.Text(EventField.EventVersion).ShouldBe("1-0-2");
        e.Text(EventField.UnstructEvent).ShouldNotBeNull().ShouldContain($"\"{New}\"");
        e.Text(EventField.Contexts).ShouldNotBeNull().ShouldNotContain(Old);
        e.Text(EventField.DerivedContexts).ShouldBe(
            """{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{"schema":"iglu:com.snowplowanalytics.iglu/validation_info/jsonschema/1-0-0","""
            + $$$""" "data":{"originalSchema":"{{{Old}}}","validatedWith":"{{{New}}}"}}]}""".TrimStart());
    }

    [Fact]
    public async Task Event_ThatBreaksTheLaterVersion_IsABadRowThatNamesBoth()
    {
        Add(Old, "1-0-2", "object");
        Add(New, null, "string");
        using var harness = new Harness(iglu: new IgluOptions { Registries = [_folder.Options] });
        var message = (await harness.ProcessAsync(Harness.PostPageView(
            ("co", $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{"schema":"{{Old}}","data":{} }]}"""))))
            .BadRow.Failure.GetProperty("messages")[0];
        message.GetProperty("schemaKey").GetString().ShouldBe(Old);
        message.GetProperty("error").GetProperty("supersededBy").GetString().ShouldBe("1-0-2");
    }

    private SchemaKey Add(string uri, string? supersededBy, string type) =>
        _folder.Add(uri, JsonSerializer.Serialize(new Dictionary<string, object?> { ["type"] = type }
            .Concat(supersededBy is null ? [] : [new KeyValuePair<string, object?>("$supersededBy", supersededBy)]).ToDictionary()));

    private async Task<SchemaLookup> LookupAsync(SchemaKey key)
    {
        using var resolver = new IgluResolver(new IgluOptions { Registries = [_folder.Options] }, _client, TimeProvider.System);
        return await resolver.LookupAsync(key, CancellationToken.None);
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }
}
