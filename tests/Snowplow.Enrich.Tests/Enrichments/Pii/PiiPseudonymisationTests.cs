using System.Security.Cryptography;
using System.Text;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Enrichments.Pii;

public sealed class PiiPseudonymisationTests : IDisposable
{
    private const string User = "iglu:com.acme/user/jsonschema/1-*-*";
    private const string Order = "iglu:com.acme/order/jsonschema/1-*-*";

    private readonly AcmeEvents _events = new();
    private readonly EnrichmentFiles _files = new();

    [Theory]
    [InlineData("MD2", "Md2")]
    [InlineData("MD5", "MD5")]
    [InlineData("SHA-1", "SHA1")]
    [InlineData("SHA-256", "SHA256")]
    [InlineData("SHA-384", "SHA384")]
    [InlineData("SHA-512", "SHA512")]
    public async Task Field_Pseudonymised_IsTheHashOfItsTextAndTheSalt(string function, string algorithm)
    {
        using var harness = Harness("""{"pojo":{"field":"user_id"}},{"pojo":{"field":"se_label"}}""", function);
        var e = (await harness.ProcessAsync(AcmeEvents.Payload(null))).Event;
        e.Text(EventField.UserId).ShouldBe(Hash("u-1", algorithm));
        e.Text(EventField.SeLabel).ShouldBeNull();
        e.Text(EventField.AppId).ShouldBe("shop");
    }

    [Fact]
    public async Task Json_WithStrings_HasThemReplacedAndAllElseAsItWas()
    {
        using var harness = Harness(Rule("contexts", User, "$.mail") + "," + Rule("contexts", User, "$.names") + "," + Rule("contexts", User, "$..phone"));
        var payload = AcmeEvents.Payload(
            null,
            """{"z":1.50,"mail":"a@b.c","n":12345678901234567890123,"names":["x",{"y":"kept"},3],"mail":"\u0061@b.c","s":"\ud83d\/"}""",
            """{"deep":{"phone":["1","2"]},"phone":7}""");
        var contexts = (await harness.ProcessAsync(payload)).Event.Text(EventField.Contexts)!;
        contexts.ShouldContain($$$"""{"z":1.50,"mail":"{{{Hash("a@b.c")}}}","n":12345678901234567890123,"names":["{{{Hash("x")}}}",{"y":"kept"},3],"mail":"{{{Hash("a@b.c")}}}","s":"\ud83d\/"}""");
        contexts.ShouldContain($$$"""{"deep":{"phone":["{{{Hash("1")}}}","{{{Hash("2")}}}"]},"phone":7}""");
    }

    [Fact]
    public async Task Json_OfAnotherSchema_IsLeftAlone()
    {
        using var harness = Harness(Rule("contexts", Order, "$.mail") + "," + Rule("unstruct_event", Order, "$.mail"));
        var e = (await harness.ProcessAsync(AcmeEvents.Payload("""{"mail":"a"}""", """{"mail":"a"}"""))).Event;
        e.Text(EventField.Contexts)!.ShouldContain("""{"mail":"a"}""");
        e.Text(EventField.UnstructEvent)!.ShouldContain($$"""{"mail":"{{Hash("a")}}"}""");
    }

    [Fact]
    public async Task Json_NamedByTwoRules_IsHashedOnce()
    {
        using var harness = Harness(Rule("contexts", User, "$.mail") + "," + Rule("contexts", User, "$.*"));
        (await harness.ProcessAsync(AcmeEvents.Payload(null, """{"mail":"a"}"""))).Event.Text(EventField.Contexts)!
            .ShouldContain($$"""{"mail":"{{Hash("a")}}"}""");
    }

    // In Snowplow, too, pseudonyms are not held to schemas; what an enrichment added is, as it was before.
    [Theory]
    [InlineData("a@b.c", true)]
    [InlineData("a.very.long.name@b.example", false)]
    public async Task DerivedEntity_Pseudonymised_IsHeldToItsSchemaAsItWasBefore(string mail, bool isGood)
    {
        AddScript($$"""return [{schema: 'iglu:com.acme/mail/jsonschema/1-0-0', data: {mail: '{{mail}}'} }]""");
        using var harness = Harness(Rule("derived_contexts", "iglu:com.acme/mail/jsonschema/1-*-*", "$.mail"));
        var outcome = await harness.ProcessAsync(AcmeEvents.Payload(null));
        if (isGood) outcome.Event.Derived("com.acme/mail/1-0-0").ShouldBe([$$"""{"mail":"{{Hash(mail)}}"}"""]);
        else outcome.BadRow.Type.ShouldBe("schema_violations");
    }

    [Theory]
    [InlineData("SP-Anonymous: *", true)]
    [InlineData("sp-anonymous: x", true)]
    [InlineData("Accept: sp-anonymous", false)]
    [InlineData(null, false)]
    public async Task Field_WhereOnlyAnonymousEventsAreMeant_IsPseudonymisedByHeader(string? header, bool isPseudonymised)
    {
        using var harness = Harness("""{"pojo":{"field":"user_id"}}""", anonymousOnly: true);
        var payload = AcmeEvents.Payload(null) with { Headers = header is null ? null : [header] };
        (await harness.ProcessAsync(payload)).Event.Text(EventField.UserId).ShouldBe(isPseudonymised ? Hash("u-1") : "u-1");
    }

    [Theory]
    [InlineData("""{"pojo":{"field":"page_url"}}""", "data.parameters.pii[0].pojo.field")]
    [InlineData("""{"json":{"field":"contexts","schemaCriterion":"iglu:com.acme/user/jsonschema/1-*-*","jsonPath":"$.a["}}""", "parameters.pii[0].json.jsonPath: the JSONPath '$.a['")]
    [InlineData("""{"json":{"field":"page_url","schemaCriterion":"iglu:com.acme/user/jsonschema/1-*-*","jsonPath":"$.a"}}""", "data.parameters.pii[0].json.field")]
    public void Configuration_WithAWrongTarget_IsRefused(string target, string expected)
    {
        var error = Should.Throw<EnrichmentConfigException>(() => Harness(target)).Errors.ShouldHaveSingleItem();
        error.ShouldContain(expected);
        error.ShouldContain("pii_enrichment_config.json");
    }

    [Fact]
    public void Configuration_WithAnUnknownHash_IsRefused() =>
        Should.Throw<EnrichmentConfigException>(() => Harness("""{"pojo":{"field":"user_id"}}""", "CRC32")).Message.ShouldContain("hashFunction");

    [Fact]
    public async Task Configuration_OfModelOne_HashesWithoutSalt()
    {
        _files.AddFile("pii_enrichment_config.json", """
            {"schema":"iglu:com.snowplowanalytics.snowplow.enrichments/pii_enrichment_config/jsonschema/1-0-0","data":{
            "vendor":"com.snowplowanalytics.snowplow.enrichments","name":"pii_enrichment_config","enabled":true,
            "parameters":{"pii":[{"pojo":{"field":"user_id"}}],"strategy":{"pseudonymize":{"hashFunction":"SHA-256"} } } } }
            """);
        using var harness = new Harness(_files.Options, _events.Iglu);
        (await harness.ProcessAsync(AcmeEvents.Payload(null))).Event.Text(EventField.UserId)
            .ShouldBe(Convert.ToHexStringLower(SHA256.HashData("u-1"u8)));
    }

    private static string Rule(string field, string criterion, string path) =>
        $$$"""{"json":{"field":"{{{field}}}","schemaCriterion":"{{{criterion}}}","jsonPath":"{{{path}}}"}}""";

    private static string Hash(string text, string algorithm = "SHA256")
    {
        var salted = Encoding.UTF8.GetBytes(text + "pepper");
        return Convert.ToHexStringLower(algorithm == "Md2"
            ? Snowplow.Enrich.Enrichments.Pii.Md2.HashData(salted)
            : CryptographicOperations.HashData(new HashAlgorithmName(algorithm), salted));
    }

    private void AddScript(string body) => _files.Add(
        "com.snowplowanalytics.snowplow/javascript_script_config/1-0-0",
        $$"""{"script":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes($"function process(event) {{ {body} }}"))}}"}""");

    private Harness Harness(string targets, string function = "SHA-256", bool anonymousOnly = false)
    {
        _files.AddFile("pii_enrichment_config.json", $$$"""
            {"schema":"iglu:com.snowplowanalytics.snowplow.enrichments/pii_enrichment_config/jsonschema/2-0-1","data":{
            "vendor":"com.snowplowanalytics.snowplow.enrichments","name":"pii_enrichment_config","enabled":true,"emitEvent":true,"anonymousOnly":{{{(anonymousOnly ? "true" : "false")}}},
            "parameters":{"pii":[{{{targets}}}],"strategy":{"pseudonymize":{"hashFunction":"{{{function}}}","salt":"pepper"} } } } }
            """);
        return new Harness(_files.Options, _events.Iglu);
    }

    public void Dispose()
    {
        _events.Dispose();
        _files.Dispose();
    }
}
