using System.Text;
using System.Text.Json;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.EventSpecs;

/// <summary>
/// The event specifications of a file, by the schema of their event: a JSON list of <c>{id, name, version, schemaKey, constraint, entities:
/// [{schemaKey, minCardinality, maxCardinality, constraint}]}</c>. Of several versions of one id the latest counts. Immutable.
/// </summary>
internal sealed class EventSpecificationFile
{
    private static readonly CompiledSchema Form = Compile("""
        {
          "type": "array",
          "items": {
            "type": "object",
            "properties": {
              "id": { "type": "string", "minLength": 1, "maxLength": 254 },
              "name": { "type": ["string", "null"], "minLength": 1, "maxLength": 256 },
              "version": { "type": ["integer", "null"], "minimum": 0, "maximum": 2147483647 },
              "schemaKey": { "type": "string" },
              "constraint": { "type": ["object", "null"] },
              "entities": {
                "type": ["array", "null"],
                "items": {
                  "type": "object",
                  "properties": {
                    "schemaKey": { "type": "string" },
                    "minCardinality": { "type": ["integer", "null"], "minimum": 0, "maximum": 2147483647 },
                    "maxCardinality": { "type": ["integer", "null"], "minimum": 0, "maximum": 2147483647 },
                    "constraint": { "type": ["object", "null"] }
                  },
                  "required": ["schemaKey"]
                }
              }
            },
            "required": ["id", "schemaKey"]
          }
        }
        """u8.ToArray());

    private readonly Dictionary<SchemaKey, EventSpecification[]> _bySchema;

    private EventSpecificationFile(Dictionary<SchemaKey, EventSpecification[]> bySchema) => _bySchema = bySchema;

    /// <summary>The specifications of events of a schema.</summary>
    public EventSpecification[] Of(SchemaKey schema) => _bySchema.TryGetValue(schema, out var specifications) ? specifications : [];

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It has another form; the message says where.</exception>
    public static EventSpecificationFile Read(string path)
    {
        var text = File.ReadAllBytes(path);
        if (Form.Validate(text, "$") is [var first, ..]) throw new FormatException(first.Message);
        using var document = JsonDocument.Parse(text);
        var latest = document.RootElement.EnumerateArray().Select(ReadOne).GroupBy(one => one.Id).Select(versions => versions.MaxBy(one => one.Version ?? -1)!);
        return new EventSpecificationFile(latest.GroupBy(one => one.Schema).ToDictionary(group => group.Key, group => group.ToArray()));
    }

    private static EventSpecification ReadOne(JsonElement json)
    {
        var id = json.GetProperty("id").GetString()!;
        var entities = Member(json, "entities") is { } list ? list.EnumerateArray().Select(entity => ReadEntity(entity, id)) : [];
        return new EventSpecification(
            id, Member(json, "name")?.GetString(), Member(json, "version")?.GetInt32(), Key(json, id), Constraint(json, id), [.. entities]);
    }

    private static EntitySpecification ReadEntity(JsonElement json, string id) => new(
        Key(json, id),
        Member(json, "minCardinality")?.GetInt32() ?? 0,
        Member(json, "maxCardinality")?.GetInt32() ?? int.MaxValue,
        Constraint(json, id));

    private static SchemaKey Key(JsonElement json, string id) =>
        SchemaKey.TryParse(json.GetProperty("schemaKey").GetString(), out var key)
            ? key
            : throw new FormatException($"the specification {id} has the schemaKey '{json.GetProperty("schemaKey").GetString()}', which is no Iglu URI");

    private static CompiledSchema? Constraint(JsonElement json, string id)
    {
        if (Member(json, "constraint") is not { } constraint) return null;
        return CompiledSchema.TryCompile(Encoding.UTF8.GetBytes(constraint.GetRawText()), out var schema, out var issues)
            ? schema
            : throw new FormatException($"the specification {id} has a constraint that is no JSON Schema: {issues[0].Message}");
    }

    private static JsonElement? Member(JsonElement json, string name) =>
        json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private static CompiledSchema Compile(byte[] schema) =>
        CompiledSchema.TryCompile(schema, out var compiled, out var issues) ? compiled : throw new InvalidOperationException(issues[0].Message);
}
