using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Events.Collector;
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
        foreach (var row in rows) Check(row);

        async Task AddPayloads(params CollectorPayload[] payloads)
        {
            foreach (var payload in payloads) rows.AddRange((await _harness.ProcessAsync(payload)).Bad);
        }

        async Task Add(ReadOnlyMemory<byte> record) => rows.AddRange((await _harness.ProcessAsync(record, null)).Bad);
    }

    internal static void Check(BadRow row)
    {
        var key = SchemaKey.Parse(row.Schema);
        var file = Path.Combine(SharedFiles.Folder("iglu-central"), "schemas", key.Path);
        CompiledSchema.TryCompile(File.ReadAllBytes(file), out var schema, out _).ShouldBeTrue();
        schema.ShouldNotBeNull().Validate(System.Text.Encoding.UTF8.GetBytes(row.Data.GetRawText())).ShouldBeEmpty(row.ToString());
    }

    private static string Context(string item) =>
        $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{{item}}]}""";

    public void Dispose() => _harness.Dispose();
}
