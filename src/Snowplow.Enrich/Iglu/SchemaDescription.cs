using System.Text.Json;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>What a schema document says of itself beside its rules: <c>self</c> and <c>$supersededBy</c>.</summary>
/// <param name="SupersededBy">The version that is to be used instead, as it stands there; null where none is named.</param>
/// <param name="Issues">What is wrong with the two; empty if nothing is.</param>
internal sealed record SchemaDescription(string? SupersededBy, IReadOnlyList<SchemaIssue> Issues)
{
    private const string Superseding = "$supersededBy";

    // Deeper ones fail when they are compiled.
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 128 };

    /// <summary>
    /// Reads a document. <c>self</c> must be what the metaschema of self-describing schemas asks for, but may be absent: rules
    /// without it can be used as well. A document that is no JSON object is left to the compiler.
    /// </summary>
    public static SchemaDescription Read(ReadOnlyMemory<byte> document)
    {
        try
        {
            using var json = JsonDocument.Parse(document, Options);
            return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : new SchemaDescription(null, []);
        }
        catch (JsonException)
        {
            return new SchemaDescription(null, []);
        }
    }

    /// <summary>The key of a version in the place of another's; null where the text is no version.</summary>
    public static SchemaKey? WithVersion(SchemaKey key, string version) =>
        SchemaKey.TryParse($"iglu:{key.Vendor}/{key.Name}/{key.Format}/{version}", out var other) ? other : null;

    private static SchemaDescription Read(JsonElement root)
    {
        var issues = new List<SchemaIssue>();
        if (root.TryGetProperty("self", out var self) && !IsSelf(self))
            issues.Add(new SchemaIssue("#/self", "it must be an object of the strings vendor, name, format and version, as in an Iglu URI"));

        if (!root.TryGetProperty(Superseding, out var superseding))
            return new SchemaDescription(null, issues);
        if (superseding.ValueKind != JsonValueKind.String)
            issues.Add(new SchemaIssue($"#/{Superseding}", "it must be a string, MODEL-REVISION-ADDITION"));
        return new SchemaDescription(issues.Count == 0 ? superseding.GetString() : null, issues);
    }

    private static bool IsSelf(JsonElement self)
    {
        if (self.ValueKind != JsonValueKind.Object)
            return false;
        string[] names = ["vendor", "name", "format", "version"];
        var parts = names.Select(name => self.TryGetProperty(name, out var part) && part.ValueKind == JsonValueKind.String ? part.GetString() : null);
        return SchemaKey.TryParse($"iglu:{string.Join('/', parts)}", out _);
    }
}
