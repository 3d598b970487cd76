using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Enrich.Adapters;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Payloads;
using Snowplow.Enrich.Tests.Iglu;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Adapters;

/// <summary>Every case of <c>Cases/</c>, from the request to the enriched event or the bad row.</summary>
public sealed class AdapterCaseTests : IDisposable
{
    private readonly RegistryFolder _anything = new();

    public static TheoryData<string> Titles => [.. AdapterCase.All.Select(c => c.ToString())];

    [Theory]
    [MemberData(nameof(Titles))]
    public async Task Request_OfACase_BecomesItsOutcomes(string title)
    {
        var testCase = AdapterCase.All.Single(c => c.ToString() == title);
        using var harness = new Harness(iglu: new IgluOptions { Registries = [SchemasThatAllowAll(SchemasOf(testCase))] });
        Compare(testCase, await harness.ProcessAsync(testCase.Request));
    }

    [SharedFact("iglu-central")]
    public async Task Requests_OfAllCases_BecomeTheirOutcomesByTheSchemasOfIgluCentral()
    {
        using var harness = new Harness(iglu: new IgluOptions
        {
            Registries =
            [
                new RegistryOptions { Name = "Iglu Central", Folder = SharedFiles.Folder("iglu-central") },
                SchemasThatAllowAll(AdapterCase.All.SelectMany(SchemasOf).Where(schema => schema.StartsWith("com.acme/", StringComparison.Ordinal))),
            ],
        });
        foreach (var testCase in AdapterCase.All)
        {
            var outcome = await harness.ProcessAsync(testCase.Request);
            Compare(testCase, outcome);
            foreach (var row in outcome.Bad) BadRowSchemas.Check(row);
        }
    }

    [Fact]
    public async Task BadRows_OfAllCases_SentAgainBecomeTheSameBadRowAndNothingElse()
    {
        using var harness = new Harness();
        foreach (var testCase in AdapterCase.All)
        {
            foreach (var row in (await harness.ProcessAsync(testCase.Request)).Bad.Where(row => row.Type is "adapter_failures" or "tracker_protocol_violations"))
            {
                var again = await harness.ProcessAsync(Resend(testCase.Request, row));
                again.BadRow.Failure.GetProperty("messages").GetRawText().ShouldBe(row.Failure.GetProperty("messages").GetRawText(), testCase.ToString());
            }
        }
    }

    [Fact]
    public void Cases_AreThereForEveryWebhook_GoodAndBad()
    {
        foreach (var adapter in AdapterRegistry.All.Where(adapter => adapter is not Tp1Adapter and not Tp2Adapter))
        {
            var cases = AdapterCase.All.Where(c => c.Request.Path == $"/{adapter.Vendor}/{adapter.Version}").SelectMany(c => c.Outcomes).ToList();
            cases.ShouldContain(outcome => outcome.ContainsKey("schema"), adapter.Vendor);
            cases.ShouldContain(outcome => outcome.ContainsKey("bad"), adapter.Vendor);
        }
    }

    [Theory]
    [InlineData("/com.sendgrid/v3", "application/json", "[%]")]
    [InlineData("/com.hubspot/v1", "application/json", "[%]")]
    [InlineData("/com.pagerduty/v1", "application/json", """{"messages":[%]}""")]
    public async Task Array_OfTooManyItems_IsOneBadRow(string path, string contentType, string body)
    {
        using var harness = new Harness();
        var items = string.Join(',', Enumerable.Repeat("{}", RawEvents.MaxCount + 1));
        var outcome = await harness.ProcessAsync(Harness.Post(body.Replace("%", items), contentType) with { Path = path });
        outcome.BadRow.Failure.GetRawText().ShouldContain("at most 5000 events");
    }

    [Fact]
    public async Task Hit_ThatIsTooLong_IsABadRow()
    {
        using var harness = new Harness();
        var outcome = await harness.ProcessAsync(Harness.Post($"t=event&{new string('x', 1 << 16)}", null!) with { Path = "/com.google.analytics/v1" });
        outcome.BadRow.Failure.GetRawText().ShouldContain("at most 65536 bytes");
    }

    private static CollectorPayload Resend(CollectorPayload request, BadRow row)
    {
        var query = row.Payload.GetProperty("querystring").EnumerateArray().Select(pair =>
            $"{Uri.EscapeDataString(pair.GetProperty("name").GetString()!)}={Uri.EscapeDataString(pair.GetProperty("value").GetString() ?? "")}");
        var body = row.Payload.GetProperty("body").GetString();
        return request with
        {
            Querystring = string.Join('&', query),
            Body = body is null ? null : Encoding.UTF8.GetBytes(body),
            ContentType = row.Payload.GetProperty("contentType").GetString(),
        };
    }

    private static void Compare(AdapterCase testCase, Outcome actual)
    {
        var events = testCase.Outcomes.Where(outcome => outcome.ContainsKey("schema")).ToList();
        var badRows = testCase.Outcomes.Where(outcome => outcome.ContainsKey("bad")).ToList();
        var all = string.Join('\n', actual.Bad);
        actual.Good.Count.ShouldBe(events.Count, $"{testCase}\n{all}");
        actual.Bad.Count.ShouldBe(badRows.Count, $"{testCase}\n{all}");
        for (var i = 0; i < events.Count; i++) Compare(testCase, events[i], actual.Good[i]);
        for (var i = 0; i < badRows.Count; i++) Compare(testCase, badRows[i], actual.Bad[i]);
    }

    private static void Compare(AdapterCase testCase, JsonObject expected, EnrichedEvent actual)
    {
        actual.Text(EventField.Event).ShouldBe((string?)expected["event"] ?? "unstruct");
        if ((string?)expected["schema"] is { Length: > 0 } schema)
        {
            var inner = JsonNode.Parse(actual.Text(EventField.UnstructEvent)!)!["data"]!;
            ((string?)inner["schema"]).ShouldBe($"iglu:{schema}", testCase.ToString());
            ShouldEqual(testCase, inner["data"], expected["data"]);
        }

        if (expected["entities"] is { } entities)
            ShouldEqual(testCase, JsonNode.Parse(actual.Text(EventField.Contexts)!)!["data"], entities);
        foreach (var (column, text) in expected["fields"] as JsonObject ?? [])
            actual.Text(Enum.GetValues<EventField>().Single(field => EventFields.Name(field) == column)).ShouldBe((string?)text, $"{testCase}: {column}");
    }

    private static void Compare(AdapterCase testCase, JsonObject expected, BadRow actual)
    {
        actual.Type.ShouldBe((string?)expected["bad"], testCase.ToString());
        var messages = JsonNode.Parse(actual.Failure.GetProperty("messages").GetRawText())!.AsArray();
        foreach (var (message, expectedMessage) in messages.Zip(expected["messages"]!.AsArray()))
        {
            // The runtime's words about broken JSON may change.
            if ((string?)expectedMessage!["error"] == "*") message!["error"] = "*";
        }

        ShouldEqual(testCase, messages, expected["messages"]);
        if (expected["body"] is { } body) actual.Payload.GetProperty("body").GetString().ShouldBe((string?)body, testCase.ToString());
    }

    private static void ShouldEqual(AdapterCase testCase, JsonNode? actual, JsonNode? expected) =>
        JsonNode.DeepEquals(actual, expected).ShouldBeTrue($"{testCase}\nis\n{actual?.ToJsonString(Readable)}\nnot\n{expected?.ToJsonString(Readable)}");

    private static readonly JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static IEnumerable<string> SchemasOf(AdapterCase testCase) => testCase.Outcomes
        .Select(outcome => (string?)outcome["schema"])
        .Concat(testCase.Outcomes.SelectMany(outcome => outcome["entities"] as JsonArray ?? []).Select(entity => ((string?)entity!["schema"])?["iglu:".Length..]))
        .Where(schema => !string.IsNullOrEmpty(schema))
        .Select(schema => schema!)
        .Distinct();

    private RegistryOptions SchemasThatAllowAll(IEnumerable<string> schemas)
    {
        Directory.CreateDirectory(Path.Combine(_anything.Path, "schemas"));
        foreach (var schema in schemas)
        {
            var parts = schema.Split('/');
            _anything.Add($"iglu:{schema}", $$"""{"self":{"vendor":"{{parts[0]}}","name":"{{parts[1]}}","format":"jsonschema","version":"{{parts[3]}}"} }""");
        }

        return _anything.Options;
    }

    public void Dispose() => _anything.Dispose();
}
