using System.Text.Json.Nodes;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Iglu;

public sealed class BuiltInSchemasTests
{
    private const string CentralFolder = "iglu-central";

    /// <summary>Keywords that constrain nothing.</summary>
    private static readonly string[] Prose = ["description", "title", "$comment", "default", "example", "examples"];

    /// <summary>Snowplow keeps this one's schema to itself; ours is written from the enrichment's documentation.</summary>
    // One is our own; the others are newer than the copy beside the repository may be.
    private static readonly SchemaKey[] NotInCentral =
    [
        SchemaKey.Parse("iglu:com.snowplowanalytics.snowplow.enrichments/event_spec_enrichment_config/jsonschema/1-0-0"),
        SchemaKey.Parse("iglu:com.snowplowanalytics.snowplow/referer_parser/jsonschema/2-0-2"),
        SchemaKey.Parse("iglu:com.snowplowanalytics.snowplow/utm_referrer/jsonschema/1-0-0"),
    ];

    public static TheoryData<string> Keys => [.. BuiltInRegistry.Keys.Select(key => key.ToUri())];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task BuiltInSchema_Compiles_AndNamesItself(string uri)
    {
        var document = await FetchAsync(uri);
        CompiledSchema.TryCompile(document, out _, out var issues).ShouldBeTrue(string.Join("; ", issues));
        var self = JsonNode.Parse(document)!["self"]!;
        $"iglu:{self["vendor"]}/{self["name"]}/{self["format"]}/{self["version"]}".ShouldBe(uri);
    }

    [Theory]
    [InlineData("payload_data/jsonschema/1-0-4")]
    [InlineData("unstruct_event/jsonschema/1-0-0")]
    [InlineData("contexts/jsonschema/1-0-1")]
    [InlineData("web_page/jsonschema/1-0-0")]
    [InlineData("client_session/jsonschema/1-0-2")]
    [InlineData("browser_context/jsonschema/2-0-0")]
    [InlineData("link_click/jsonschema/1-0-1")]
    public void BuiltInSchemas_HoldTheCoreProtocol(string path) =>
        BuiltInRegistry.Keys.ShouldContain(SchemaKey.Parse($"iglu:com.snowplowanalytics.snowplow/{path}"));

    [SharedFact(CentralFolder)]
    public async Task BuiltInSchemas_HaveTheConstraintsOfIgluCentral()
    {
        foreach (var key in BuiltInRegistry.Keys.Except(NotInCentral))
        {
            var ours = JsonNode.Parse(await FetchAsync(key.ToUri()));
            var central = JsonNode.Parse(await File.ReadAllBytesAsync(CentralFile(key)));
            JsonNode.DeepEquals(Constraints(ours), Constraints(central)).ShouldBeTrue(key.ToUri());
        }
    }

    [SharedFact(CentralFolder)]
    public async Task Compiler_OnAllOfIgluCentral_RefusesOnlyTheOneThatRefersElsewhere()
    {
        var refused = new List<string>();
        var count = 0;
        var schemas = Path.Combine(SharedFiles.Folder(CentralFolder), "schemas");
        foreach (var file in Directory.EnumerateFiles(schemas, "*", SearchOption.AllDirectories).Where(file => file.Contains("/jsonschema/")))
        {
            count++;
            if (!CompiledSchema.TryCompile(await File.ReadAllBytesAsync(file), out _, out var issues))
                refused.Add($"{Path.GetRelativePath(schemas, file)}: {issues[0]}");
        }

        refused.ShouldHaveSingleItem().ShouldContain("neither in the schema nor known");
        count.ShouldBeGreaterThan(600);
    }

    private static async Task<byte[]> FetchAsync(string uri) =>
        (await new BuiltInRegistry().FetchAsync(SchemaKey.Parse(uri), CancellationToken.None)).Document.ShouldNotBeNull();

    private static string CentralFile(SchemaKey key) => Path.Combine(SharedFiles.Folder(CentralFolder), "schemas", key.Path);

    /// <summary>A schema without prose; the order of required names does not matter.</summary>
    private static JsonNode? Constraints(JsonNode? schema, bool isMap = false)
    {
        if (schema is JsonArray list)
            return new JsonArray([.. list.Select(item => Constraints(item))]);
        if (schema is not JsonObject members)
            return schema?.DeepClone();

        var constraints = new JsonObject();
        foreach (var (name, value) in members.Where(member => isMap || !Prose.Contains(member.Key)))
        {
            constraints[name] = !isMap && name == "required" && value is JsonArray required
                ? new JsonArray([.. required.Select(item => item!.DeepClone()).OrderBy(item => item.GetValue<string>(), StringComparer.Ordinal)])
                : Constraints(value, isMap: !isMap && name is "properties" or "patternProperties" or "definitions" or "dependencies");
        }

        return constraints;
    }
}
