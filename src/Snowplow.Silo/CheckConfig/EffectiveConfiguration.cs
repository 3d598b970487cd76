using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Snowplow.Model.Rules;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.CheckConfig;

/// <summary>The configuration as it takes effect, defaults included, as JSON. Secrets are masked.</summary>
internal static partial class EffectiveConfiguration
{
    private const string Mask = "***";

    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly JsonDocumentOptions Lenient = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Writes it: the sections by name, and the enrichment files as they are under <c>Enrichments</c>, the model rules under <c>ModelRules</c>.</summary>
    public static string ToJson(PlatformConfiguration configuration)
    {
        var (server, collector, kusto, platform, hosting) = configuration;
        var json = new JsonObject
        {
            ["Snowplow"] = Node(server),
            ["Collector"] = Node(collector),
            ["RawStream"] = Node(platform.Stream),
            ["Pipeline"] = Node(platform.Pipeline),
            ["Enrich"] = Node(platform.Enrich),
            ["Iglu"] = Node(platform.Iglu),
            ["Model"] = Node(platform.Model),
            ["Kusto"] = Node(kusto),
            ["Interventions"] = Node(platform.Interventions),
            ["Enrichments"] = Files(platform.Enrich.Enrichments),
            ["ModelRules"] = Rules(platform.Model),
        };
        foreach (var (name, options) in hosting.Sections) json[name] = Node(options);
        MaskSecrets(json);
        return json.ToJsonString(Options);
    }

    private static JsonNode? Node<T>(T options) => JsonSerializer.SerializeToNode(options, Options);

    private static JsonObject? Files(string? folder)
    {
        if (folder is null) return null;
        var files = new JsonObject();
        foreach (var file in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
            files[Path.GetFileName(file)] = JsonNode.Parse(File.ReadAllBytes(file), documentOptions: Lenient);
        return files;
    }

    private static JsonNode? Rules(ModelOptions model) =>
        JsonNode.Parse(model.Rules is null ? ModelRules.DefaultJson.Span : model.ReadRules().File, documentOptions: Lenient);

    private static void MaskSecrets(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) MaskSecrets(item);
        }
        else if (node is JsonObject obj)
        {
            foreach (var (name, value) in obj.ToList())
            {
                if (value is not JsonValue text) MaskSecrets(value);
                else if (SecretName().IsMatch(name)) obj[name] = Mask;
                else if (text.TryGetValue(out string? content) && UserInfo().IsMatch(content)) obj[name] = UserInfo().Replace(content, $"$1{Mask}@");
            }
        }
    }

    [GeneratedRegex("api_?key|connection_?string|blob_?access|password|passwd|secret|token|salt|pepper|credential", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("(://)[^/@ ]+@")]
    private static partial Regex UserInfo();
}
