using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>Holds bad rows to their schemas in Iglu Central, which lies beside the repository.</summary>
internal static class BadRowSchemas
{
    private static readonly ConcurrentDictionary<(string Uri, bool IsLong), CompiledSchema> Schemas = new();

    /// <summary>Whether the fixtures are there.</summary>
    public static bool ArePresent { get; } = Directory.Exists(SharedFiles.Folder("iglu-central"));

    /// <summary>Holds a row to its schema.</summary>
    public static void Check(BadRow row) => Check(row, isLong: false);

    /// <summary>
    /// Holds a row to its schema, but for the lengths of the payload's strings: a payload is never cut, so that it can be sent again.
    /// </summary>
    public static void CheckWithLongPayload(BadRow row) => Check(row, isLong: true);

    private static void Check(BadRow row, bool isLong)
    {
        var schema = Schemas.GetOrAdd((row.Schema, isLong), key => Load(key.Uri, key.IsLong));
        var issues = schema.Validate(Encoding.UTF8.GetBytes(row.Data.GetRawText()));
        if (issues.Count > 0) issues.ShouldBeEmpty(row.ToString());
    }

    private static CompiledSchema Load(string uri, bool isLong)
    {
        var file = Path.Combine(SharedFiles.Folder("iglu-central"), "schemas", SchemaKey.Parse(uri).Path);
        var document = JsonNode.Parse(File.ReadAllBytes(file))!;
        if (isLong) RemoveLengths(document["properties"]!["payload"]!);
        CompiledSchema.TryCompile(Encoding.UTF8.GetBytes(document.ToJsonString()), out var schema, out _).ShouldBeTrue();
        return schema.ShouldNotBeNull();
    }

    private static void RemoveLengths(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) RemoveLengths(item);
        }
        else if (node is JsonObject members)
        {
            members.Remove("maxLength");
            foreach (var (_, member) in members) RemoveLengths(member);
        }
    }
}
