using System.Text.Json;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.Configuration;

/// <summary>Checks a configuration against the table of enrichments and its own schema.</summary>
internal static class EnrichmentConfigCheck
{
    /// <summary>What is wrong, a sentence each, beginning with the field; empty if nothing is.</summary>
    public static IReadOnlyList<string> Check(SchemaKey key, JsonElement data)
    {
        var name = $"{key.Vendor}/{key.Name}";
        if (EnrichmentTable.NotOffered.TryGetValue(name, out var instead))
            return IsOff(data) ? [] : [$"enabled: {name} is not offered here: {instead}, and set this one to false."];
        var rows = EnrichmentTable.InOrder.Where(row => row.Vendor == key.Vendor && row.Name == key.Name).ToList();
        if (rows.Count == 0)
        {
            var known = EnrichmentTable.InOrder.Where(row => row.Vendor is not null).Select(row => row.Name).Distinct().Order(StringComparer.Ordinal);
            return [$"schema: {name} is no enrichment. Known are {string.Join(", ", known)}."];
        }

        if (!rows.Exists(row => row.Model == key.Model))
            return IsOff(data) ? [] : [$"schema: version {key.Version} of {key.Name} is not supported; write it by {rows[^1].Model}-*-*."];
        return [.. SchemaFor(key).Validate(JsonSerializer.SerializeToUtf8Bytes(data), "data").Select(report => $"{report.Message}.")];
    }

    private static bool IsOff(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty("enabled", out var enabled) && enabled.ValueKind == JsonValueKind.False;

    // A version newer than those known here is read by the newest of its model.
    private static CompiledSchema SchemaFor(SchemaKey key)
    {
        var known = BuiltInRegistry.Keys.Where(other => other.Vendor == key.Vendor && other.Name == key.Name && other.Model == key.Model).ToList();
        var chosen = known.Find(other => other == key) ?? known.MaxBy(other => (other.Revision, other.Addition))
            ?? throw new InvalidOperationException($"No schema of {key.Vendor}/{key.Name} {key.Model}-*-* is embedded.");
        return CompiledSchema.TryCompile(BuiltInRegistry.Find(chosen), out var schema, out var issues)
            ? schema
            : throw new InvalidOperationException($"The embedded schema {chosen} is broken: {issues[0].Message}");
    }
}
