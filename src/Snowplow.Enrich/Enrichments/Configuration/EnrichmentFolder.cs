using System.Text.Json;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.Configuration;

/// <summary>
/// Reads a folder of enrichment configurations: each <c>*.json</c> holds one, or a list of them in Snowplow's envelope
/// <c>enrichments/jsonschema/1-0-0</c>.
/// </summary>
internal static class EnrichmentFolder
{
    private static readonly SchemaCriterion Envelope = SchemaCriterion.Parse("iglu:com.snowplowanalytics.snowplow/enrichments/jsonschema/1-0-*");
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Reads all of it, in the order of the files' names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="errors">Receives what is wrong, a sentence each, beginning with file and field.</param>
    public static IReadOnlyList<EnrichmentConfig> Read(string folder, List<string> errors)
    {
        var configs = new List<EnrichmentConfig>();
        if (!Directory.Exists(folder))
        {
            errors.Add($"{folder}: the folder of enrichments is not there.");
            return configs;
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)) ReadFile(file, configs, errors);
        foreach (var twins in configs.Where(config => config.IsEnabled && !MayRepeat(config)).GroupBy(config => $"{config.Schema.Vendor}/{config.Schema.Name}"))
        {
            if (twins.Count() > 1)
                errors.Add($"{twins.Last().File}: {twins.Key} is configured in {twins.First().File} too; keep one of the two.");
        }

        return configs;
    }

    private static bool MayRepeat(EnrichmentConfig config) => config.Schema.Name == "javascript_script_config";

    private static void ReadFile(string file, List<EnrichmentConfig> configs, List<string> errors)
    {
        try
        {
            using var document = JsonDocument.Parse(System.IO.File.ReadAllBytes(file), Lenient);
            ReadSelfDescribing(file, document.RootElement.Clone(), configs, errors);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            errors.Add($"{file}: cannot be read: {e.Message}");
        }
    }

    private static void ReadSelfDescribing(string file, JsonElement json, List<EnrichmentConfig> configs, List<string> errors)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("schema", out var uri) || uri.ValueKind != JsonValueKind.String || !json.TryGetProperty("data", out var data))
        {
            errors.Add($"{file}: must be self-describing JSON, an object with 'schema' and 'data'.");
        }
        else if (!SchemaKey.TryParse(uri.GetString(), out var key))
        {
            errors.Add($"{file}: schema: '{uri.GetString()}' is no Iglu URI, such as iglu:com.snowplowanalytics.snowplow/anon_ip/jsonschema/1-0-1.");
        }
        else if (Envelope.Matches(key))
        {
            if (data.ValueKind != JsonValueKind.Array) errors.Add($"{file}: data: must be a list of configurations.");
            else foreach (var item in data.EnumerateArray()) ReadSelfDescribing(file, item, configs, errors);
        }
        else if (EnrichmentConfigCheck.Check(key, data) is { Count: > 0 } problems)
        {
            errors.AddRange(problems.Select(problem => $"{file}: {problem}"));
        }
        else
        {
            configs.Add(new EnrichmentConfig(file, key, data, errors));
        }
    }
}
