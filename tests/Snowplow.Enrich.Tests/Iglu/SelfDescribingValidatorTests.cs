using System.Text;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Iglu;

public sealed class SelfDescribingValidatorTests : IDisposable
{
    private const string Core = "iglu:com.snowplowanalytics.snowplow";
    private const string WebPage = $$$"""{"schema":"{{{Core}}}/web_page/jsonschema/1-0-0","data":{"id":"6c1e2f4e-2b3d-4f5a-9c8b-1a2b3c4d5e6f"}}""";
    private const string BadWebPage = $$$"""{"schema":"{{{Core}}}/web_page/jsonschema/1-0-0","data":{"id":"x"}}""";

    private static readonly SchemaCriterion Contexts = SchemaCriterion.Parse($"{Core}/contexts/jsonschema/1-0-*");
    private static readonly SchemaCriterion Unstruct = SchemaCriterion.Parse($"{Core}/unstruct_event/jsonschema/1-0-*");
    private static readonly SchemaCriterion PayloadData = SchemaCriterion.Parse($"{Core}/payload_data/jsonschema/1-0-*");

    private readonly HttpClient _client = new();
    private readonly RegistryFolder _folder = new();
    private readonly IgluResolver _resolver;
    private readonly SelfDescribingValidator _validator;
    private readonly List<SelfDescribingOutcome> _items = [];

    public SelfDescribingValidatorTests()
    {
        _folder.Add("iglu:com.acme/broken/jsonschema/1-0-0", """{"type":"nothing"}""");
        _resolver = new IgluResolver(new IgluOptions { Registries = [_folder.Options] }, _client, TimeProvider.System);
        _validator = new SelfDescribingValidator(_resolver);
    }

    public void Dispose()
    {
        _resolver.Dispose();
        _client.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(WebPage)]
    [InlineData($$""" { "data" : {"id":"6c1e2f4e-2b3d-4f5a-9c8b-1a2b3c4d5e6f"} , "more":[1], "schema":"{{Core}}/web_page/jsonschema/1-0-0" } """)]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow\/web_page\/jsonschema\/1-0-0","data":{"id":"6c1e2f4e-2b3d-4f5a-9c8b-1a2b3c4d5e6f"}}""")]
    public async Task Validate_OfValidJson_GivesKeyAndData(string json)
    {
        for (var time = 0; time < 2; time++)
        {
            var outcome = await ValidateAsync(json);
            outcome.Failure.ShouldBeNull();
            outcome.Key!.Name.ShouldBe("web_page");
            Text(outcome.Data).ShouldBe("""{"id":"6c1e2f4e-2b3d-4f5a-9c8b-1a2b3c4d5e6f"}""");
        }
    }

    [Theory]
    [InlineData("", "ends in the middle")]
    [InlineData("nope", "unexpected 'n'")]
    [InlineData("""{"schema":"x","data":1}x""", "unexpected data after")]
    [InlineData("""{"schema":"x","data":01}""", "unexpected '1'")]
    public async Task Validate_OfTextThatIsNotJson_SaysWhere(string json, string expected) =>
        (await ValidateAsync(json)).Failure.ShouldBeOfType<IgluFailure.NotJson>().Error.ShouldContain(expected);

    [Fact]
    public async Task Validate_OfJsonThatNestsTooDeeply_IsNotJson() =>
        (await ValidateAsync(new string('[', 51) + new string(']', 51))).Failure
            .ShouldBeOfType<IgluFailure.NotJson>().Error.ShouldContain("maximum allowed JSON depth exceeded");

    [Theory]
    [InlineData("[]", "INVALID_DATA_PAYLOAD")]
    [InlineData("{}", "INVALID_DATA_PAYLOAD")]
    [InlineData("null", "INVALID_DATA_PAYLOAD")]
    [InlineData("""{"schema":"iglu:com.acme/a/jsonschema/1-0-0"}""", "INVALID_DATA_PAYLOAD")]
    [InlineData("""{"schema":5,"data":{}}""", "INVALID_DATA_PAYLOAD")]
    [InlineData("""{"schema":"com.acme/a/jsonschema/1-0-0","data":{}}""", "INVALID_IGLUURI")]
    [InlineData("""{"schema":"","data":{}}""", "INVALID_IGLUURI")]
    [InlineData("""{"schema":"iglu:com.acme/a/jsonschema/1.0.0","data":{}}""", "INVALID_SCHEMAVER")]
    [InlineData("""{"schema":"iglu:com.acme/a/jsonschema/0-0-1","data":{}}""", "INVALID_SCHEMAVER")]
    public async Task Validate_OfJsonThatIsNotSelfDescribing_IsNotIglu(string json, string error)
    {
        var failure = (await ValidateAsync(json)).Failure.ShouldBeOfType<IgluFailure.NotIglu>();
        failure.Error.ShouldBe(error);
        Text(failure.Json).ShouldBe(json);
    }

    [Fact]
    public async Task Validate_OfOtherSchemaThanCalledFor_IsAMismatchWithoutLookup() =>
        (await _validator.ValidateAsync(Utf8("""{"schema":"iglu:com.acme/none/jsonschema/1-0-0","data":{}}"""), Contexts, CancellationToken.None))
            .Failure.ShouldBeOfType<IgluFailure.CriterionMismatch>().Key.Name.ShouldBe("none");

    [Fact]
    public async Task Validate_OfUnknownSchema_GivesTheLookupHistory()
    {
        var failure = (await ValidateAsync("""{"schema":"iglu:com.acme/none/jsonschema/1-0-0","data":{}}""")).Failure;
        var resolution = failure.ShouldBeOfType<IgluFailure.Resolution>();
        resolution.IsUnreachable.ShouldBeFalse();
        resolution.LookupHistory.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Validate_OfBrokenSchema_GivesItsIssues() =>
        (await ValidateAsync("""{"schema":"iglu:com.acme/broken/jsonschema/1-0-0","data":{}}""")).Failure
            .ShouldBeOfType<IgluFailure.BrokenSchema>().SchemaIssues.ShouldNotBeEmpty();

    [Fact]
    public async Task Validate_OfDataThatBreaksItsSchema_GivesReports()
    {
        var failure = (await ValidateAsync(BadWebPage)).Failure.ShouldBeOfType<IgluFailure.Validation>();
        failure.DataReports.ShouldHaveSingleItem().Path.ShouldBe("$.id");
    }

    [Fact]
    public async Task ValidateNested_OfUnstructEvent_GivesTheInnerEvent()
    {
        var valid = await NestedAsync($$$"""{"schema":"{{{Core}}}/unstruct_event/jsonschema/1-0-0","data":{{{WebPage}}}}""");
        valid.IsValid.ShouldBeTrue();
        valid.Key!.Name.ShouldBe("web_page");
        Text(valid.Json).ShouldBe(WebPage);

        var badInner = await NestedAsync($$$"""{"schema":"{{{Core}}}/unstruct_event/jsonschema/1-0-0","data":{{{BadWebPage}}}}""");
        badInner.Failure.ShouldBeOfType<IgluFailure.Validation>().Key.Name.ShouldBe("web_page");

        var badOuter = await NestedAsync($$$"""{"schema":"{{{Core}}}/unstruct_event/jsonschema/1-0-0","data":{"schema":1}}""");
        badOuter.Failure.ShouldBeOfType<IgluFailure.Validation>().Key.Name.ShouldBe("unstruct_event");
    }

    [Fact]
    public async Task ValidateNestedList_OfContexts_JudgesEachAlone()
    {
        var list = await _validator.ValidateNestedListAsync(
            Utf8($$"""{"schema":"{{Core}}/contexts/jsonschema/1-0-0","data":[{{WebPage}}, {{BadWebPage}},{"schema":"iglu:x","data":1},{{WebPage}}]}"""),
            Contexts, _items, CancellationToken.None);
        list.IsValid.ShouldBeTrue();
        _items.Select(item => item.IsValid).ShouldBe([true, false, false, true]);
        _items[0].Key!.Name.ShouldBe("web_page");
        Text(_items[3].Json).ShouldBe(WebPage);
        _items[1].Failure.ShouldBeOfType<IgluFailure.Validation>().Key.Name.ShouldBe("web_page");
        var shape = _items[2].Failure.ShouldBeOfType<IgluFailure.Validation>();
        shape.Key.Name.ShouldBe("contexts");
        shape.DataReports[0].Path.ShouldBe("$[2].schema");
    }

    [Theory]
    [InlineData("{}", "type")]
    [InlineData("[]", "minItems")]
    public async Task ValidateNestedList_OfWhatIsNoList_FailsAsAWhole(string data, string keyword)
    {
        _items.Add(default);
        var list = await _validator.ValidateNestedListAsync(
            Utf8($$$"""{"schema":"{{{Core}}}/contexts/jsonschema/1-0-0","data":{{{data}}}}"""), Contexts, _items, CancellationToken.None);
        list.Failure.ShouldBeOfType<IgluFailure.Validation>().DataReports[0].Keyword.ShouldBe(keyword);
        _items.ShouldBeEmpty();
    }

    [Fact]
    public async Task ValidateList_OfPayloadData_JudgesEachEventAlone()
    {
        var json = $$"""
            {"schema":"{{Core}}/payload_data/jsonschema/1-0-4",
             "data":[{"e":"pv","p":"web","tv":"js"},{"e":"pv","p":"web"},{"e":"pv","p":"web","tv":"js","zzz":"1"},{"e":1,"p":"web","tv":"js"}]}
            """;
        (await _validator.ValidateListAsync(Utf8(json), PayloadData, _items, CancellationToken.None)).IsValid.ShouldBeTrue();
        _items[0].IsValid.ShouldBeTrue();
        _items.Skip(1).Select(item => item.Failure.ShouldBeOfType<IgluFailure.Validation>().DataReports.Single())
            .Select(report => (report.Path, report.Keyword)).ShouldBe([("$[1]", "required"), ("$[2].zzz", "additionalProperties"), ("$[3].e", "type")]);
    }

    [Fact]
    public async Task Validate_OfMutatedTexts_AlwaysEndsInAnOutcome()
    {
        var random = new Random(11);
        var seed = Utf8($$"""{"schema":"{{Core}}/contexts/jsonschema/1-0-0","data":[{{WebPage}},{{BadWebPage}}]}""");
        for (var round = 0; round < 3000; round++)
        {
            var text = seed.ToArray();
            for (var change = random.Next(1, 4); change > 0; change--)
                text[random.Next(text.Length)] = (byte)random.Next(random.Next(2) == 0 ? 256 : 128);
            await _validator.ValidateNestedListAsync(text.AsMemory(random.Next(2) * random.Next(text.Length)), Contexts, _items, CancellationToken.None);
        }
    }

    [ReleaseFact]
    public async Task Validate_OfValidJsonWithKnownSchema_AllocatesNothing()
    {
        var contexts = Utf8($$"""{"schema":"{{Core}}/contexts/jsonschema/1-0-0","data":[{{WebPage}},{{WebPage}}]}""");
        await RunAsync(contexts, 200);
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunAsync(contexts, 1000).IsCompletedSuccessfully.ShouldBeTrue();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(10_000);
    }

    private async Task RunAsync(ReadOnlyMemory<byte> contexts, int times)
    {
        for (var time = 0; time < times; time++)
            await _validator.ValidateNestedListAsync(contexts, Contexts, _items, CancellationToken.None);
    }

    private ValueTask<SelfDescribingOutcome> ValidateAsync(string json) => _validator.ValidateAsync(Utf8(json), null, CancellationToken.None);

    private ValueTask<SelfDescribingOutcome> NestedAsync(string json) =>
        _validator.ValidateNestedAsync(Utf8(json), Unstruct, CancellationToken.None);

    private static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
