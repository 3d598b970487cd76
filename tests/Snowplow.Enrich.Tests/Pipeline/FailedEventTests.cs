using System.Text;
using System.Text.Json;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Enrich.Tests.Enrichments;
using Snowplow.Events.Enriched;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>What is written of bad events beside their bad rows, for those who want them.</summary>
public sealed class FailedEventTests : IDisposable
{
    private const string Contexts = "iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1";
    private const string UnstructEvent = "iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0";
    private const string WebPage = """{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{"id":"a86c42e5-b831-45c8-b706-e214c26b4b3d"}}""";
    private const string BadWebPage = """{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{ "id":1 }}""";

    // No enrichment that needs a configuration: what is derived is what failed.
    private readonly EnrichmentFiles _files = new();
    private readonly Harness _harness;

    public FailedEventTests() => _harness = new Harness(_files.Options);

    // parameters | type | source | schema of the data | data
    public static TheoryData<string, string, string, string, string?, string?> Faults => new()
    {
        { "co", "{", "NotJSON", "contexts", null, """{"contexts":"{"}""" },
        { "ue_px", "!!!", "NotJSON", "unstruct", null, """{"unstruct_event":"!!!"}""" },
        { "co", """{"a":1}""", "NotIglu", "contexts", null, """{"a":1}""" },
        { "co", "[]", "NotIglu", "contexts", null, null },
        { "ue_pr", WebPage, "CriterionMismatch", "unstruct", "web_page/jsonschema/1-0-0", """{"id":"a86c42e5-b831-45c8-b706-e214c26b4b3d"}""" },
        { "ue_pr", Wrap(UnstructEvent, """{"schema":"iglu:com.acme/x/jsonschema/1-0-0","data":{"a":[]}}"""), "ResolutionError", "unstruct", "com.acme/x/jsonschema/1-0-0", """{"a":[]}""" },
        { "co", Wrap(Contexts, $"[{BadWebPage}]"), "ValidationError", "contexts", "web_page/jsonschema/1-0-0", """{"id":1}""" },
        { "co", Wrap(Contexts, """[{"schema":"x","data":{}}]"""), "ValidationError", "contexts", "contexts/jsonschema/1-0-1", """{"schema":"x","data":{}}""" },
        { "co", Wrap(Contexts, "5"), "ValidationError", "contexts", "contexts/jsonschema/1-0-1", null },
        { "vid", "x", "ValidationError", "atomic_field", "atomic/jsonschema/1-0-0", """{"vid":"x"}""" },
        { "aid", new string('a', 256), "ValidationError", "atomic_field", "atomic/jsonschema/1-0-0", $$"""{"app_id":"{{new string('a', 256)}}"}""" },
        { "url", "http:", "EnrichmentError", "page_url", null, null },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Event_ThatFails_IsWrittenWithWhatFailedInIt(string parameter, string value, string type, string source, string? schema, string? data)
    {
        var outcome = await _harness.ProcessAsync(Harness.PostPageView((parameter, value), ("page", "Shop")));
        outcome.Bad.ShouldHaveSingleItem();
        var e = outcome.Failed.ShouldHaveSingleItem();
        e.Text(EventField.PageTitle).ShouldBe("Shop");
        var failure = Entities(e).ShouldHaveSingleItem();
        CheckSchema(failure);
        failure.GetProperty("failureType").GetString().ShouldBe(type);
        var error = failure.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("source").GetString().ShouldBe(source);
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        failure.GetProperty("schema").GetString().ShouldBe(schema is null ? null : schema.StartsWith("com.", StringComparison.Ordinal) ? $"iglu:{schema}" : $"iglu:com.snowplowanalytics.snowplow/{schema}");
        failure.GetProperty("data").GetRawText().ShouldBe(data ?? "null");
        failure.GetProperty("timestamp").GetString().ShouldBe("2026-03-01T12:00:00.500Z");
        failure.GetProperty("componentName").GetString().ShouldBe("snowplow-orleans");
    }

    [Fact]
    public async Task Event_WithSeveralFaults_KeepsWhatIsValidAndTellsAllInOrder()
    {
        var outcome = await _harness.ProcessAsync(Harness.PostPageView(
            ("co", Wrap(Contexts, $"[{WebPage},{BadWebPage}]")), ("url", "http:"), ("aid", new string('a', 300)), ("vid", "x"), ("uid", "me")));
        var e = outcome.Failed.ShouldHaveSingleItem();
        Entities(e).Select(entity => entity.GetProperty("failureType").GetString())
            .ShouldBe(["ValidationError", "ValidationError", "EnrichmentError", "ValidationError"]);
        e.Text(EventField.Contexts).ShouldBe(Wrap(Contexts, $"[{WebPage}]"));
        e.Text(EventField.UserId).ShouldBe("me");
        e.Text(EventField.AppId).ShouldBeNull();
        e.Text(EventField.DomainSessionidx).ShouldBeNull();
    }

    [Fact]
    public async Task Event_OverlongInWhatItCannotDoWithout_KeepsIt()
    {
        var collector = new string('c', 101);
        var e = (await _harness.ProcessAsync(Harness.PostPageView() with { Collector = collector })).Failed.ShouldHaveSingleItem();
        e.Text(EventField.VCollector).ShouldBe(collector);
    }

    [Fact]
    public async Task Payload_OfGoodAndBadItems_WritesTheFailedOnesInTheirOrder()
    {
        var outcome = await _harness.ProcessAsync(Harness.PostItems(
            """{"e":"pv","p":"web","tv":"t","uid":"a","vid":"x"}""",
            """{"e":"pv","p":"web","tv":"t","uid":"b"}""",
            """{"e":"pv","p":"web"}""",
            """{"e":"pv","p":"web","tv":"t","uid":"c","vid":"x"}"""));
        outcome.Counts.ShouldBe(new EnrichCounts(1, 3));
        outcome.Failed.Select(e => e.Text(EventField.UserId)).ShouldBe(["a", "c"]);
    }

    [Fact]
    public async Task Event_TooLargeWithItsFailures_IsInItsBadRowOnly()
    {
        using var harness = new Harness(Harness.Options with { MaxEventBytes = 1500 });
        var outcome = await harness.ProcessAsync(Harness.PostPageView(("co", Wrap(Contexts, $$"""[{"schema":"iglu:com.acme/x/jsonschema/1-0-0","data":{"a":"{{new string('x', 1500)}}"} }]"""))));
        outcome.Bad.ShouldHaveSingleItem().Type.ShouldBe("schema_violations");
        outcome.Failed.ShouldBeEmpty();
    }

    private static string Wrap(string schema, string data) => $$"""{"schema":"{{schema}}","data":{{data}} }""".Replace(" }", "}", StringComparison.Ordinal);

    private static List<JsonElement> Entities(EnrichedEvent e)
    {
        var column = JsonDocument.Parse(e.Text(EventField.DerivedContexts).ShouldNotBeNull()).RootElement;
        return [.. column.GetProperty("data").EnumerateArray().Select(entity => entity.GetProperty("data"))];
    }

    private static void CheckSchema(JsonElement failure)
    {
        var document = BuiltInRegistry.Find(SchemaKey.Parse("iglu:com.snowplowanalytics.snowplow/failure/jsonschema/1-0-0"));
        CompiledSchema.TryCompile(document, out var schema, out _).ShouldBeTrue();
        schema!.Validate(Encoding.UTF8.GetBytes(failure.GetRawText())).ShouldBeEmpty();
    }

    public void Dispose()
    {
        _harness.Dispose();
        _files.Dispose();
    }
}
