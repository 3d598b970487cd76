using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Events.Iglu;

namespace Snowplow.Enrich.Enrichments.Inputs;

/// <summary>The entities in an event's JSON columns. Reads each column once; made for one event at one step.</summary>
internal sealed class EventJson(EventInProgress e) : IDisposable
{
    // What enrichments add may be nested more deeply than what trackers send.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 512 };

    private readonly Dictionary<EventField, JsonDocument?> _columns = [];

    /// <summary>The data of a column's entities that meet a criterion, in their order.</summary>
    /// <param name="field"><c>unstruct_event</c>, <c>contexts</c>, or <c>derived_contexts</c> as far as they have been added.</param>
    /// <param name="criterion">Which schemas.</param>
    public IEnumerable<JsonElement> DataOf(EventField field, SchemaCriterion criterion)
    {
        if (!_columns.TryGetValue(field, out var column)) _columns[field] = column = Read(field);
        return column is null ? [] : DataOf(column.RootElement.GetProperty("data"), criterion);
    }

    /// <summary>The data of an entity, or of the entities in a list, that meet a criterion.</summary>
    /// <param name="entities">Self-describing JSON, or a list of it, as it stands in a column.</param>
    /// <param name="criterion">Which schemas.</param>
    public static IEnumerable<JsonElement> DataOf(JsonElement entities, SchemaCriterion criterion)
    {
        IEnumerable<JsonElement> list = entities.ValueKind == JsonValueKind.Array ? entities.EnumerateArray() : [entities];
        return list
            .Where(entity => SchemaKey.TryParse(entity.GetProperty("schema").GetString(), out var key) && criterion.Matches(key))
            .Select(entity => entity.GetProperty("data"));
    }

    /// <summary>Parses a JSON of the event.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> json) => JsonDocument.Parse(json, Deep);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var column in _columns.Values) column?.Dispose();
    }

    private JsonDocument? Read(EventField field)
    {
        // The column of the derived contexts is written when all steps are through.
        if (field == EventField.DerivedContexts) e.DerivedContexts.WriteTo(e.Fields);
        var json = e.Fields[field];
        return json.IsEmpty ? null : Parse(json.ToArray());
    }
}
