using System.Text.Json;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Iglu;

/// <summary>
/// Snowplow's own configuration of registries, <c>resolver.json</c>: self-describing JSON of <c>resolver-config/jsonschema/1-0-*</c>
/// (enrich specification §6).
/// </summary>
internal static class ResolverFile
{
    // The path under which Snowplow's client embeds its schemas; here the built-in registry stands for it.
    private const string ClientEmbedded = "/iglu-client-embedded";

    private static readonly SchemaCriterion Criterion = SchemaCriterion.Parse("iglu:com.snowplowanalytics.iglu/resolver-config/jsonschema/1-0-*");
    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>
    /// What the file puts into options: its registries behind those that they have, its size and age of the cache. An age of null
    /// leaves theirs; an age of 0, never keep, becomes a second.
    /// </summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="options">The options.</param>
    /// <param name="errors">Receives what is wrong, a sentence each, beginning with file and field; then the options are as they were.</param>
    public static IgluOptions Merge(string file, IgluOptions options, List<string> errors)
    {
        var mistakes = new List<string>();
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), Lenient);
            if (Data(document.RootElement, mistakes) is { } data)
                options = Merge(data, Path.GetDirectoryName(Path.GetFullPath(file))!, options, mistakes);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"cannot be read: {e.Message}");
        }

        errors.AddRange(mistakes.Select(mistake => $"{file}: {mistake}"));
        return options;
    }

    private static JsonElement? Data(JsonElement json, List<string> mistakes)
    {
        if (json.ValueKind != JsonValueKind.Object
            || !json.TryGetProperty("schema", out var uri) || uri.ValueKind != JsonValueKind.String || !json.TryGetProperty("data", out var data))
        {
            mistakes.Add("must be self-describing JSON, an object with 'schema' and 'data'.");
            return null;
        }

        if (!SchemaKey.TryParse(uri.GetString(), out var key) || !Criterion.Matches(key))
        {
            mistakes.Add($"schema: must be {Criterion}, but is '{uri.GetString()}'.");
            return null;
        }

        var reports = SchemaFor(key).Validate(JsonSerializer.SerializeToUtf8Bytes(data), "data");
        mistakes.AddRange(reports.Select(report => $"{report.Message}."));
        return reports.Count == 0 ? data : null;
    }

    // A version newer than those known here is read by the newest.
    private static CompiledSchema SchemaFor(SchemaKey key)
    {
        var known = BuiltInRegistry.Keys.Where(Criterion.Matches).ToList();
        var chosen = known.Find(other => other == key) ?? known.MaxBy(other => other.Addition)
            ?? throw new InvalidOperationException($"No schema {Criterion} is embedded.");
        return CompiledSchema.TryCompile(BuiltInRegistry.Find(chosen), out var schema, out var issues)
            ? schema
            : throw new InvalidOperationException($"The embedded schema {chosen} is broken: {issues[0].Message}");
    }

    private static IgluOptions Merge(JsonElement data, string folder, IgluOptions options, List<string> mistakes)
    {
        var registries = new List<RegistryOptions>(options.Registries);
        foreach (var (index, repository) in data.GetProperty("repositories").EnumerateArray().Index())
        {
            if (Registry(repository, folder) is not { } registry) continue;
            mistakes.AddRange(registry.Validate().Select(error => $"data.repositories[{index}]: {error}"));
            if (registry.Folder is not null && !registry.HasSchemas)
                mistakes.Add($"data.repositories[{index}].connection.embedded.path: the folder '{registry.Folder}' holds no folder 'schemas'.");
            registries.Add(registry);
        }

        var cacheSize = data.GetProperty("cacheSize").GetDouble();
        var hasTtl = data.TryGetProperty("cacheTtl", out var ttl) && ttl.ValueKind == JsonValueKind.Number;
        return mistakes.Count > 0 ? options : options with
        {
            Registries = registries,
            // 0 turns Snowplow's cache off, which helps nobody.
            CacheSize = (int)Math.Clamp(cacheSize, 1, int.MaxValue),
            CacheTtl = hasTtl ? TimeSpan.FromSeconds(Math.Clamp(ttl.GetDouble(), 1, int.MaxValue)) : options.CacheTtl,
        };
    }

    // Null for the schemas that Snowplow's client embeds.
    private static RegistryOptions? Registry(JsonElement repository, string folder)
    {
        var registry = new RegistryOptions
        {
            Name = repository.GetProperty("name").GetString()!,
            Priority = (int)Math.Clamp(repository.GetProperty("priority").GetDouble(), int.MinValue, int.MaxValue),
            VendorPrefixes = [.. repository.GetProperty("vendorPrefixes").EnumerateArray().Select(prefix => prefix.GetString()!)],
        };
        var connection = repository.GetProperty("connection");
        if (connection.TryGetProperty("http", out var http))
        {
            return registry with
            {
                Uri = new Uri(http.GetProperty("uri").GetString()!, UriKind.RelativeOrAbsolute),
                ApiKey = http.TryGetProperty("apikey", out var apiKey) ? apiKey.GetString() : null,
            };
        }

        var path = connection.GetProperty("embedded").GetProperty("path").GetString()!;
        return path == ClientEmbedded ? null : registry with { Folder = Path.GetFullPath(path, folder) };
    }
}
