using Snowplow.Enrich.Tests.Pipeline;

namespace Snowplow.Enrich.Tests.Enrichments.EventSpecs;

public sealed class EventSpecInferenceTests
{
    private const string Config = "com.snowplowanalytics.snowplow.enrichments/event_spec_enrichment_config/1-0-0";
    private const string Entity = "com.snowplowanalytics.snowplow/event_specification/1-0-4";
    private const string PageView = "iglu:com.snowplowanalytics.snowplow/page_view/jsonschema/1-0-0";
    private const string LinkClick = "iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1";
    private const string WebPage = "iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0";
    private const string Page = $$$"""{"schema":"{{{WebPage}}}","data":{"id":"a86c42e5-b831-45c8-b706-000000000001"}}""";
    private const string OtherPage = $$$"""{"schema":"{{{WebPage}}}","data":{"id":"b86c42e5-b831-45c8-b706-000000000002"}}""";

    // specifications | contexts | what is inferred
    [Theory]
    [InlineData($$"""[{"id":"a","name":"A page","version":3,"schemaKey":"{{PageView}}"}]""", "", """{"id":"a","name":"A page","version":3}""")]
    [InlineData($$"""[{"id":"a","schemaKey":"{{PageView}}"},{"id":"b","schemaKey":"{{LinkClick}}"},{"id":"c","name":null,"schemaKey":"{{PageView}}"}]""", "", """{"id":"a"} {"id":"c"}""")]
    [InlineData($$"""[{"id":"a","version":2,"name":"new","schemaKey":"{{LinkClick}}"},{"id":"a","version":1,"name":"old","schemaKey":"{{PageView}}"}]""", "", "")]
    [InlineData($$"""[{"id":"a","name":"none","schemaKey":"{{PageView}}"},{"id":"a","version":0,"name":"zero","schemaKey":"{{PageView}}"}]""", "", """{"id":"a","name":"zero","version":0}""")]
    [InlineData($$"""[{"id":"a","schemaKey":"{{PageView}}","entities":[{"schemaKey":"{{WebPage}}","minCardinality":1}]}]""", "", "")]
    [InlineData($$"""[{"id":"a","schemaKey":"{{PageView}}","entities":[{"schemaKey":"{{WebPage}}","minCardinality":1}]}]""", Page, """{"id":"a"}""")]
    [InlineData($$"""[{"id":"a","schemaKey":"{{PageView}}","entities":[{"schemaKey":"{{WebPage}}","maxCardinality":1}]}]""", $"{Page},{OtherPage}", "")]
    [InlineData($$"""[{"id":"a","schemaKey":"{{PageView}}","entities":[{"schemaKey":"{{WebPage}}","minCardinality":2,"maxCardinality":2}]}]""", $"{Page},{OtherPage}", """{"id":"a"}""")]
    [InlineData($$"""[{"id":"a","schemaKey":"{{PageView}}","entities":[{"schemaKey":"{{WebPage}}","maxCardinality":0}]}]""", "", """{"id":"a"}""")]
    [InlineData($$$$"""[{"id":"a","schemaKey":"{{{{PageView}}}}","entities":[{"schemaKey":"{{{{WebPage}}}}","minCardinality":1,"maxCardinality":1,"constraint":{"properties":{"id":{"pattern":"^a"} } } }]}]""", $"{Page},{OtherPage}", """{"id":"a"}""")]
    [InlineData($$$$"""[{"id":"a","schemaKey":"{{{{PageView}}}}","entities":[{"schemaKey":"{{{{WebPage}}}}","minCardinality":1,"constraint":{"properties":{"id":{"pattern":"^a"} } } }]}]""", OtherPage, "")]
    [InlineData($$"""[{"id":"a","schemaKey":"{{PageView}}"}]""", """{"schema":"iglu:com.snowplowanalytics.snowplow/event_specification/jsonschema/1-0-0","data":{"id":"own"}}""", "")]
    [InlineData($$$"""[{"id":"a","schemaKey":"{{{PageView}}}","constraint":{"required":["x"]}}]""", "", "")]
    [InlineData("[]", "", "")]
    public async Task PageView_BySpecifications_IsRecognised(string specifications, string contexts, string expected)
    {
        using var files = With(specifications);
        using var harness = new Harness(files.Options);
        (string, string)[] parameters = contexts.Length == 0
            ? []
            : [("co", $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{{contexts}}]}""")];
        (await harness.ProcessAsync(Harness.PostPageView(parameters))).Event.Derived(Entity).ShouldBe(expected.Split("} ").Where(one => one.Length > 0).Select(one => one.TrimEnd('}') + "}"));
    }

    [Theory]
    [InlineData("""{"properties":{"targetUrl":{"pattern":"^https://shop"}},"required":["targetUrl"]}""", true)]
    [InlineData("""{"properties":{"targetUrl":{"pattern":"^https://blog"}}}""", false)]
    [InlineData("""{"required":["elementId"]}""", false)]
    public async Task SelfDescribingEvent_ByAConstraint_IsRecognised(string constraint, bool isRecognised)
    {
        using var files = With($$"""[{"id":"a","schemaKey":"{{LinkClick}}","constraint":{{constraint}}}]""");
        using var harness = new Harness(files.Options);
        var click = $$$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":"{{{{LinkClick}}}}","data":{"targetUrl":"https://shop.example/"}}}""";
        (await harness.ProcessAsync(Harness.PostPageView(("e", "ue"), ("ue_pr", click)))).Event.Derived(Entity).Count.ShouldBe(isRecognised ? 1 : 0);
    }

    [Theory]
    [InlineData("se", "iglu:com.google.analytics/event/jsonschema/1-0-0")]
    [InlineData("pp", "iglu:com.snowplowanalytics.snowplow/page_ping/jsonschema/1-0-0")]
    [InlineData("tr", "iglu:com.snowplowanalytics.snowplow/transaction/jsonschema/1-0-0")]
    [InlineData("ti", "iglu:com.snowplowanalytics.snowplow/transaction_item/jsonschema/1-0-0")]
    public async Task ProtocolEvent_ByItsSchema_IsRecognised(string type, string schema)
    {
        using var files = With($$"""[{"id":"a","schemaKey":"{{schema}}"}]""");
        using var harness = new Harness(files.Options);
        (await harness.ProcessAsync(Harness.PostPageView(("e", type)))).Event.Derived(Entity).ShouldBe(["""{"id":"a"}"""]);
    }

    [Theory]
    [InlineData("""{}""", "array expected")]
    [InlineData("""[{"schemaKey":"iglu:a/b/jsonschema/1-0-0"}]""", "id")]
    [InlineData("""[{"id":"a","schemaKey":"page_view"}]""", "the specification a has the schemaKey 'page_view', which is no Iglu URI")]
    [InlineData("""[{"id":"a","schemaKey":"iglu:a/b/jsonschema/1-0-0","constraint":{"type":7}}]""", "the specification a has a constraint that is no JSON Schema")]
    [InlineData("""[{"id":"a","schemaKey":"iglu:a/b/jsonschema/1-0-0","entities":[{"schemaKey":"x"}]}]""", "the schemaKey 'x'")]
    [InlineData("""[{"id":"a",""", "cannot be read")]
    public void Specifications_ThatAreBroken_AreRefused(string specifications, string expected)
    {
        using var files = With(specifications);
        files.ShouldBeRefused(expected);
    }

    private static EnrichmentFiles With(string specifications)
    {
        var files = new EnrichmentFiles().AddFile("specs.data", specifications);
        return files.Add(Config, $$"""{"database":"specs.data","uri":"file://{{files.Folder}}"}""");
    }
}
