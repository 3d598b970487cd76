using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Tests.Enrichments;

/// <summary>A folder of enrichment configurations, as users have it.</summary>
internal sealed class EnrichmentFiles : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("enrichments-").FullName;

    public EnrichOptions Options => Harness.Options with { Enrichments = Folder };

    /// <summary>A folder with one enabled enrichment.</summary>
    /// <param name="schema"><c>vendor/name/version</c>.</param>
    /// <param name="parameters">JSON of its parameters.</param>
    public static EnrichmentFiles Of(string schema, string parameters) => new EnrichmentFiles().Add(schema, parameters);

    public EnrichmentFiles Add(string schema, string parameters, bool enabled = true)
    {
        var parts = schema.Split('/');
        var key = SchemaKey.Parse($"iglu:{parts[0]}/{parts[1]}/jsonschema/{parts[2]}");
        return AddFile($"{parts[1]}.json", $$$"""
            {"schema":"{{{key}}}","data":{"vendor":"{{{key.Vendor}}}","name":"{{{key.Name}}}","enabled":{{{(enabled ? "true" : "false")}}},"parameters":{{{parameters}}}}}
            """);
    }

    /// <summary>Adds any file; relative names in configurations are looked up here.</summary>
    public EnrichmentFiles AddFile(string name, string text)
    {
        File.WriteAllText(Path.Combine(Folder, name), text);
        return this;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
