using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using Snowplow.Enrich.Tests.Enrichments;
using Snowplow.Events.Enriched;

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
    private readonly AsyncLocal<bool> _isListening = new();

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
        { "url", "http:", "EnrichmentError", "atomic_field", null, """{"page_url":"http:"}""" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Event_ThatFails_IsWrittenWithWhatFailedInIt(string parameter, string value, string type, string source, string? schema, string? data)
    {
        var outcome = await _harness.ProcessAsync(Harness.PostPageView((parameter, value), ("page", "Shop")));
        FailedEventRules.Check(outcome);
        outcome.Bad.ShouldHaveSingleItem();
        var e = outcome.Failed.ShouldHaveSingleItem();
        e.Text(EventField.PageTitle).ShouldBe("Shop");
        var failure = Entities(e).ShouldHaveSingleItem();
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
        outcome.Counts.ShouldBe(new EnrichCounts(1, 3, Failed: 2));
        outcome.Failed.Select(e => e.Text(EventField.UserId)).ShouldBe(["a", "c"]);
    }

    [Fact]
    public async Task Event_TooLargeWithItsFailures_IsInItsBadRowOnly()
    {
        using var harness = new Harness(Harness.Options with { MaxEventBytes = 1500 });
        var outcome = await harness.ProcessAsync(Harness.PostPageView(("co", Wrap(Contexts, $$"""[{"schema":"iglu:com.acme/x/jsonschema/1-0-0","data":{"a":"{{new string('x', 1500)}}"} }]"""))));
        outcome.Bad.ShouldHaveSingleItem().Type.ShouldBe("schema_violations");
        outcome.Failed.ShouldBeEmpty();
        outcome.Counts.ShouldBe(new EnrichCounts(0, 1));
    }

    [Theory]
    [InlineData("too_large")]
    [InlineData("incomplete")]
    public async Task Event_ThatCannotBeAFailedEvent_IsCounted(string reason)
    {
        using var harness = new Harness(Harness.Options with { MaxEventBytes = 1500 });
        var reasons = new List<string?>();
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "snowplow.enrich.failed.left_out") listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            // Other tests run beside this one: only what this flow of calls did is its own.
            if (_isListening.Value) reasons.Add((string?)tags[0].Value);
        });
        meters.Start();

        _isListening.Value = true;
        var payload = Harness.PostPageView(("vid", reason == "too_large" ? new string('x', 1500) : "x"));
        var outcome = await harness.ProcessAsync(reason == "incomplete" ? payload with { TimestampMs = long.MinValue } : payload);

        outcome.Bad.ShouldHaveSingleItem().Type.ShouldBe("schema_violations");
        outcome.Failed.ShouldBeEmpty();
        reasons.ShouldBe([reason]);
    }

    [Fact]
    public async Task Requests_ThatSomebodyMadeOnPurpose_GiveFailedEventsThatAreEvents()
    {
        var (random, failed) = (new Random(7), 0);
        for (var i = 0; i < Fuzz.Cases(3000); i++)
        {
            var outcome = await _harness.ProcessAsync(NastyRequests.Next(random));
            FailedEventRules.Check(outcome);
            failed += outcome.Failed.Count;
        }

        failed.ShouldBeGreaterThan(Fuzz.Cases(3000) / 20);
    }

    // column | JSON that is wrong in it
    [Theory]
    [InlineData("co", Contexts)]
    [InlineData("ue_pr", UnstructEvent)]
    public async Task SelfDescribingJson_Damaged_GivesFailedEventsThatAreEvents(string parameter, string schema)
    {
        var (fuzz, failed) = (new Fuzz(8), 0);
        var web = """{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{"id":"a86c42e5-b831-45c8-b706-e214c26b4b3d", "x":["\t \u0007 \ud83d é😀"] } }""";
        var json = Encoding.UTF8.GetBytes(Wrap(schema, parameter == "co" ? $"[ {WebPage},\n\t{web},{BadWebPage} ]" : web));
        for (var i = 0; i < Fuzz.Cases(2000); i++)
        {
            var outcome = await _harness.ProcessAsync(Harness.PostPageView((parameter, Encoding.UTF8.GetString(i == 0 ? json : fuzz.Damage(json)))));
            FailedEventRules.Check(outcome);
            failed += outcome.Failed.Count;
        }

        failed.ShouldBeGreaterThan(Fuzz.Cases(2000) / 2);
    }

    [Fact]
    public async Task Data_OfTheDeepestJsonAllowed_IsReadBack()
    {
        var deepest = EnrichOptions.MaxJsonDepth - 3;
        var outcome = await _harness.ProcessAsync(Harness.PostPageView(
            ("ue_pr", Wrap(UnstructEvent, $$"""{"schema":"iglu:com.acme/x/jsonschema/1-0-0","data":{"a":{{new string('[', deepest)}}{{new string(']', deepest)}}} }"""))));
        FailedEventRules.Check(outcome);
        outcome.Failed.ShouldHaveSingleItem();
    }

    private static string Wrap(string schema, string data) => $$"""{"schema":"{{schema}}","data":{{data}} }""".Replace(" }", "}", StringComparison.Ordinal);

    private static List<JsonElement> Entities(EnrichedEvent e)
    {
        var column = JsonDocument.Parse(e.Text(EventField.DerivedContexts).ShouldNotBeNull()).RootElement;
        return [.. column.GetProperty("data").EnumerateArray().Select(entity => entity.GetProperty("data"))];
    }

    public void Dispose()
    {
        _harness.Dispose();
        _files.Dispose();
    }
}
