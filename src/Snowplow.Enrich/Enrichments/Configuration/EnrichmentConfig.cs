using System.Text.Json;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.Configuration;

/// <summary>One enrichment's configuration as Snowplow writes it: self-describing JSON, valid by its schema.</summary>
/// <param name="file">The file that it stands in.</param>
/// <param name="schema">Its schema.</param>
/// <param name="data">Its data: <c>vendor</c>, <c>name</c>, <c>enabled</c>, <c>parameters</c>.</param>
/// <param name="errors">Receives what is wrong with it.</param>
internal sealed class EnrichmentConfig(string file, SchemaKey schema, JsonElement data, List<string> errors)
{
    /// <summary>The file that it stands in.</summary>
    public string File { get; } = file;

    /// <summary>Its schema.</summary>
    public SchemaKey Schema { get; } = schema;

    /// <summary>Whether it is on.</summary>
    public bool IsEnabled { get; } = data.GetProperty("enabled").GetBoolean();

    /// <summary>All of its data, where flags beside the parameters stand.</summary>
    public JsonElement Data { get; } = data;

    /// <summary>Its parameters; an empty object where it has none.</summary>
    public JsonElement Parameters { get; } =
        data.TryGetProperty("parameters", out var parameters) ? parameters : JsonDocument.Parse("{}").RootElement;

    /// <summary>What bad rows say of the enrichment when it fails.</summary>
    public (string SchemaUri, string Identifier) Id { get; } = (schema.ToUri(), data.GetProperty("name").GetString()!);

    /// <summary>Whether it configures the enrichment of a row.</summary>
    public bool IsOf(EnrichmentRow row) => Schema.Vendor == row.Vendor && Schema.Name == row.Name && Schema.Model == row.Model;

    /// <summary>Notes what is wrong with a field.</summary>
    /// <param name="field">Path of the field below <c>parameters</c>: <c>geo.database</c>.</param>
    /// <param name="message">What is wrong with it and what to do, without a full stop.</param>
    public void Refuse(string field, string message) => errors.Add($"{File}: parameters.{field}: {message}.");
}
