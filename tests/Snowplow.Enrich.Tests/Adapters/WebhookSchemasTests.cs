using System.Text.Json.Nodes;
using Snowplow.Enrich.Adapters.Webhooks.GoogleAnalytics;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Adapters;

/// <summary>The tables of the adapters against the schemas of Iglu Central.</summary>
public sealed class WebhookSchemasTests
{
    private const string Central = "iglu-central";

    [SharedFact(Central)]
    public async Task SchemasThatTypesMapTo_AreInIgluCentral()
    {
        using var harness = new Harness();
        var count = 0;
        foreach (var testCase in AdapterCase.All)
        {
            foreach (var message in (await harness.ProcessAsync(testCase.Request)).Bad.SelectMany(row => row.Failure.GetProperty("messages").EnumerateArray()))
            {
                if (!message.TryGetProperty("expectedMapping", out var mapping)) continue;
                foreach (var type in mapping.EnumerateObject()) File.Exists(FileOf(type.Value.GetString()!)).ShouldBeTrue(type.ToString());
                count += mapping.GetPropertyCount();
            }
        }

        count.ShouldBeGreaterThan(70);
    }

    [SharedFact(Central)]
    public void HitFields_AreTheMembersOfTheirSchemas_WithTheirTypes()
    {
        foreach (var schema in HitTypes.All.Values.Concat(HitEntities.ByParameter.Values.Select(row => row.Schema)).Distinct())
        {
            var members = JsonNode.Parse(File.ReadAllText(FileOf(schema.Uri)))!["properties"]!.AsObject();
            string[] named = [.. schema.Fields.Select(field => field.Name), .. schema.Indexes, .. schema.HasCurrency ? ["currencyCode"] : Array.Empty<string>()];
            named.ShouldBe(members.Select(member => member.Key), ignoreOrder: true, schema.Name);
            foreach (var field in schema.Fields) TypeOf(members[field.Name]!).ShouldBe(TypeOf(field.Value), $"{schema.Name} {field.Name}");
            foreach (var index in schema.Indexes) ((int?)members[index]!["maximum"]).ShouldBe(schema.MaxIndex, $"{schema.Name} {index}");
        }
    }

    private static string TypeOf(JsonNode member) => member["enum"] is not null ? "string"
        : member["type"] is JsonArray types ? (string)types.Single(type => (string?)type != "null")!
        : (string)member["type"]!;

    private static string TypeOf(HitValue value) => value switch
    {
        HitValue.Text => "string",
        HitValue.Integer => "integer",
        HitValue.Boolean => "boolean",
        _ => "number",
    };

    private static string FileOf(string uri) => Path.Combine(SharedFiles.Folder(Central), "schemas", SchemaKey.Parse(uri).Path);
}
