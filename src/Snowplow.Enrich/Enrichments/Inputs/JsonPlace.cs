using System.Text.Json;
using Snowplow.Enrich.Enrichments.Configuration;
using Snowplow.Enrich.JsonPaths;
using Snowplow.Events.Enriched;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.Inputs;

/// <summary>A place in an event's JSON as configurations name it: <c>{"field", "schemaCriterion", "jsonPath"}</c>.</summary>
/// <param name="Field">The column.</param>
/// <param name="Criterion">Which of its entities.</param>
/// <param name="Path">Where in the entity's data.</param>
internal sealed record JsonPlace(EventField Field, SchemaCriterion Criterion, JsonPath Path)
{
    /// <summary>Reads a place; null where it was refused.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="path">Where in its parameters the place stands.</param>
    /// <param name="json">The place.</param>
    public static JsonPlace? Read(EnrichmentConfig config, string path, JsonElement json)
    {
        if (TextOf("field") is not { } fieldName || TextOf("schemaCriterion") is not { } criterionText || TextOf("jsonPath") is not { } pathText)
        {
            config.Refuse(path, "must have 'field', 'schemaCriterion' and 'jsonPath'");
            return null;
        }

        if (!EventFields.TryParse(fieldName, out var field) || EventFields.Type(field) != FieldType.Json)
        {
            config.Refuse($"{path}.field", $"must be unstruct_event, contexts or derived_contexts, not '{fieldName}'");
            return null;
        }

        if (!SchemaCriterion.TryParse(criterionText, out var criterion))
        {
            config.Refuse($"{path}.schemaCriterion", $"'{criterionText}' is no criterion, such as iglu:com.acme/user/jsonschema/1-*-*");
            return null;
        }

        if (JsonPath.TryParse(pathText, out var jsonPath, out var error)) return new JsonPlace(field, criterion, jsonPath);
        config.Refuse($"{path}.jsonPath", error);
        return null;

        string? TextOf(string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;
    }
}
