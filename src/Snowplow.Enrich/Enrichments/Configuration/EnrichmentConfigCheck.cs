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
            return IsOff(data) ? [] : [$"schema: version {key.Version} of {key.Name} is not supported; write it by {rows[^1].Model}-*-* (known versions: {KnownVersions(key)})."];
        var read = ReadAs(key);
        var newer = read == key ? "" : $" (version {key.Version} is not known here and is read as {read.Version})";
        return [.. SchemaOf(read).Validate(JsonSerializer.SerializeToUtf8Bytes(data), "data").Select(report => $"{report.Message}{newer}.")];
    }

    private static bool IsOff(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty("enabled", out var enabled) && enabled.ValueKind == JsonValueKind.False;

    // A version that is not known is read as the newest of its model. Registries are not asked for its schema: what that allows and
    // this program does not know would be passed over in silence.
    private static SchemaKey ReadAs(SchemaKey key)
    {
        var known = Versions(key).Where(other => other.Model == key.Model).ToList();
        return known.Find(other => other == key) ?? known.MaxBy(other => (other.Revision, other.Addition))
            ?? throw new InvalidOperationException($"No schema of {key.Vendor}/{key.Name} {key.Model}-*-* is embedded.");
    }

    private static string KnownVersions(SchemaKey key) => string.Join(", ", Versions(key).Select(other => other.Version).Order(StringComparer.Ordinal));

    private static IEnumerable<SchemaKey> Versions(SchemaKey key) =>
        BuiltInRegistry.Keys.Where(other => other.Vendor == key.Vendor && other.Name == key.Name);

    private static CompiledSchema SchemaOf(SchemaKey key) =>
        CompiledSchema.TryCompile(BuiltInRegistry.Find(key), out var schema, out var issues)
            ? schema
            : throw new InvalidOperationException($"The embedded schema {key} is broken: {issues[0].Message}");
}
