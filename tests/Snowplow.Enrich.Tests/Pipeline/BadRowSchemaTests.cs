using System.Buffers;
using System.Text.Json;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>Every kind of bad row against its schema in Iglu Central.</summary>
public sealed class BadRowSchemaTests : IDisposable
{
    private static readonly IgluOptions Unreachable = new()
    {
        MaxWait = TimeSpan.FromMilliseconds(1),
        Registries = [new RegistryOptions { Name = "Acme", Uri = new Uri("http://127.0.0.1:1") }],
    };

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly Harness _harness = new(Harness.Options with { MaxEventBytes = 2000 }, Unreachable);

    [SharedFact("iglu-central")]
    public async Task BadRows_OfEveryKind_MatchTheirSchemas()
    {
        var rows = new List<BadRow>();
        await Add(new byte[] { 1, 2, 3 });
        await AddPayloads(
            Harness.Request with { Path = "/" },
            Harness.Request with { Path = "/com.acme/v1" },
            Harness.Request with { Path = "/com.acme/v1", Collector = null, Encoding = null, Hostname = null, IpAddress = null, NetworkUserId = null, UserAgent = null },
            Harness.Get(""),
            Harness.Request,
            Harness.Post("{"),
            Harness.Post("[]"),
            Harness.Post("""{"schema":"iglu:com.acme/x/jsonschema/1-0-0","data":[]}"""),
            Harness.PostItems("{}", "1"),
            Harness.PostPageView(("vid", "x")),
            Harness.PostPageView(("co", "x")),
            Harness.PostPageView(("cx", "x")),
            Harness.PostPageView(("co", "{}")),
            Harness.PostPageView(("co", """{"schema":"iglu:com.acme/x/jsonschema/1-0-0","data":[]}""")),
            Harness.PostPageView(("co", Context("""{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{}}"""))),
            Harness.PostPageView(("co", Context("""{"schema":"iglu:com.acme/order/jsonschema/1-0-0","data":{}}"""))),
            Harness.PostPageView(("aid", new string('a', 256)), ("res", "1x2"), ("cookie", "1"), ("se_va", "1.5")),
            Harness.PostPageView(("url", "http:")),
            Harness.PostPageView(("url", $"http://acme.com/{new string('x', 1000)}")));
        rows.Select(row => row.Type).Distinct().ShouldBe(
            [
                "collector_payload_format_violation", "adapter_failures", "tracker_protocol_violations", "schema_violations",
                "enrichment_failures", "size_violation",
            ],
            ignoreOrder: true);
        foreach (var row in rows) BadRowSchemas.Check(row);

        async Task AddPayloads(params CollectorPayload[] payloads)
        {
            foreach (var payload in payloads) rows.AddRange((await _harness.ProcessAsync(payload)).Bad);
        }

        async Task Add(ReadOnlyMemory<byte> record) => rows.AddRange((await _harness.ProcessAsync(record, null)).Bad);
    }

    [SharedFact("iglu-central")]
    public void Messages_OfEveryKind_FitTheSchemasOfTheRowsThatMayHoldThem()
    {
        var key = SchemaKey.Parse("iglu:com.acme/order/jsonschema/1-0-0");
        var text = new string('é', 10_000) + "\ud83d\"\n\u007f";
        Events.BadRows.RegistryLookup[] lookups =
        [
            new("Acme", [new("NotFound", null)], 1, Now),
            new(text, [new("RepoFailure", text), new("ClientFailure", text)], 0, Now),
        ];
        FailureMessage[] fields = [new FieldMessage(text, null, text), new FieldMessage("body", text, "x"), new NotJsonMessage(text, text, text), new NotJsonMessage("x", null, "y")];
        FailureMessage[] notIglu =
        [
            new NotIgluMessage("[1, {\n}]"u8.ToArray(), NotIgluReason.InvalidSchemaVer), new NotIgluMessage("null"u8.ToArray(), NotIgluReason.InvalidIgluUri),
            new NotIgluMessage("1e9"u8.ToArray(), NotIgluReason.InvalidDataPayload), new NotIgluMessage("{}"u8.ToArray(), NotIgluReason.InvalidSchema),
        ];
        FailureMessage[] iglu =
        [
            new CriterionMismatchMessage(key, SchemaCriterion.Parse("iglu:com.acme/order/jsonschema/2-*-*")),
            new ResolutionMessage(key, lookups),
            new ValidationMessage(key, null, [new Events.BadRows.DataReport(text, null, null, []), new Events.BadRows.DataReport("m", "$.x", "required", [text, "y"])]),
            new ValidationMessage(key, "1-0-2147483647", [new Events.BadRows.DataReport("m", "$", "type", ["object"])]),
            new InvalidSchemaMessage(key, [("#/type", text)]),
        ];
        FailureMessage[] violations = [new NotJsonMessage(text, text, text), new NotJsonMessage("x", null, "y"), .. notIglu, .. iglu];
        (string, string)? enrichment = ("iglu:com.acme/x/jsonschema/1-0-0", "x");
        EnrichmentFailure[] failures =
        [
            new(null, new FieldMessage(text, text, text)), new(enrichment, new FieldMessage("page_url", null, "x")), new(enrichment, new ErrorMessage(text)),
            .. iglu.Where(message => message is not CriterionMismatchMessage).Select(message => new EnrichmentFailure(enrichment, message)),
        ];
        var adapted = new AdaptedPayload("com.acme", "v1", [new("a", null)], null, Harness.Request);
        var raw = new RawEventPayload("com.acme", "v1", [new("a", null)], Harness.Request);
        using var writer = new BadRowWriter(Harness.Options.Processor);
        var output = new ArrayBufferWriter<byte>();
        writer.CollectorPayloadFormatViolation(output, Now, new ErrorMessage(text), [0xff]);
        writer.CollectorPayloadFormatViolation(output, Now, new PayloadFieldMessage("path", text, text), []);
        foreach (var message in fields.Concat(notIglu)) writer.AdapterFailures(output, BadRowType.AdapterFailures, Now, [message], adapted);
        foreach (var message in fields.Concat(notIglu).Concat(iglu)) writer.AdapterFailures(output, BadRowType.TrackerProtocolViolations, Now, [message], adapted);
        foreach (var message in violations) writer.SchemaViolations(output, Now, [message], new EnrichedEventBuilder(), raw);
        foreach (var failure in failures) writer.EnrichmentFailures(output, Now, [failure], new EnrichedEventBuilder(), raw);
        writer.SizeViolation(output, Now, 10, 11, "x", [0xff]);
        writer.GenericError(output, Now, text, [0xff]);

        var rows = BadRow.ParseLines(output.WrittenMemory);
        rows.Count.ShouldBe(2 + 8 + 13 + 11 + failures.Length + 2);
        foreach (var row in rows) BadRowSchemas.Check(row);
    }

    [SharedFact("iglu-central")]
    public void EnrichedFields_EachWithAValueOfItsType_MatchTheSchemas()
    {
        var e = new EnrichedEventBuilder();
        for (var field = (EventField)0; (int)field < EventFields.Count; field++)
        {
            switch (EventFields.Type(field))
            {
                case FieldType.Int:
                    e.SetInt(field, -7);
                    break;
                case FieldType.Float:
                    e.SetFloat(field, -7.25f);
                    break;
                case FieldType.Bool:
                    e.SetText(field, "1"u8);
                    break;
                case FieldType.Timestamp:
                    e.SetTimestamp(field, Now);
                    break;
                default:
                    e.SetText(field, "7"u8);
                    break;
            }
        }

        using var writer = new BadRowWriter(Harness.Options.Processor);
        var output = new ArrayBufferWriter<byte>();
        var raw = new RawEventPayload("com.acme", "v1", [], Harness.Request);
        writer.SchemaViolations(output, Now, [new NotJsonMessage("contexts", "x", "y")], e, raw);
        writer.EnrichmentFailures(output, Now, [new(null, new ErrorMessage("x"))], e, raw);

        var rows = BadRow.ParseLines(output.WrittenMemory);
        rows.Count.ShouldBe(2);
        foreach (var row in rows)
        {
            BadRowSchemas.Check(row);
            row.Data.GetProperty("payload").GetProperty("enriched").EnumerateObject().Count(field => field.Value.ValueKind != JsonValueKind.Null).ShouldBe(131);
        }
    }

    [SharedFact("iglu-central")]
    public async Task BadRows_OfAnyRequest_MatchTheirSchemas()
    {
        var random = new Random(20);
        var rows = 0;
        for (var i = 0; i < Fuzz.Cases(20_000) / 50; i++)
        {
            var outcome = await _harness.ProcessAsync(NastyRequests.Next(random));
            foreach (var row in outcome.Bad) BadRowSchemas.CheckWithLongPayload(row);
            rows += outcome.Bad.Count;
        }

        rows.ShouldBeGreaterThan(100);
    }

    private static string Context(string item) =>
        $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{{item}}]}""";

    public void Dispose() => _harness.Dispose();
}
