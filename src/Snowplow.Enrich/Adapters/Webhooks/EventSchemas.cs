using System.Text.Json.Nodes;
using Snowplow.Events.BadRows;

namespace Snowplow.Enrich.Adapters.Webhooks;

/// <summary>The schemas of a webhook's events by the types that the webhook names them by.</summary>
internal sealed class EventSchemas
{
    private readonly OrderedDictionary<string, string> _uris = new(StringComparer.Ordinal);

    /// <summary>Makes a table.</summary>
    /// <param name="vendor">The vendor of all schemas.</param>
    /// <param name="rows">A type, its schema's name, the schema's version.</param>
    public EventSchemas(string vendor, params (string Type, string Name, string Version)[] rows)
    {
        foreach (var (type, name, version) in rows) _uris.Add(type, $"iglu:{vendor}/{name}/jsonschema/{version}");
    }

    /// <summary>Makes a table of types that are the schemas' names, all of one version.</summary>
    public EventSchemas(string vendor, string version, params string[] types)
        : this(vendor, [.. types.Select(type => (type, type, version))])
    {
    }

    /// <summary>The event with its type's schema, or refused where the type has none.</summary>
    public WebhookEvent Event(string? type, JsonNode? data) =>
        type is not null && _uris.TryGetValue(type, out var schema) ? WebhookEvent.Of(schema, data) : WebhookEvent.Refused(Unknown(type));

    private SchemaMappingMessage Unknown(string? type) => new(
        type, _uris, type is null ? "the event must name its type" : "the event's type must be one of the mapping's keys");
}
