using System.Text.Json;

namespace Snowplow.Events.Enriched;

/// <summary>
/// Reads the self-describing JSON columns of an enriched event entity by entity, without building a document. Made for
/// columns that enrich wrote; text that is no such JSON reads as if it had no (further) entities.
/// </summary>
/// <example><code>
/// var pageViewId = EntityReader.TryFind(e[EventField.Contexts], WebPage, out var page) ? page.Utf8("id"u8) : default;
/// </code></example>
public ref struct EntityReader
{
    private Utf8JsonReader _json;
    private readonly ReadOnlySpan<byte> _column;

    /// <summary>Starts at the first entity of <c>contexts</c> or <c>derived_contexts</c>.</summary>
    /// <param name="column">The column's text in UTF-8; may be empty.</param>
    public EntityReader(ReadOnlySpan<byte> column)
    {
        _column = column;
        _json = new Utf8JsonReader(column);
        IsAtArray = !column.IsEmpty && TryEnterData(ref _json) && _json.TokenType == JsonTokenType.StartArray;
    }

    /// <summary>The entity that <see cref="MoveNext"/> came to.</summary>
    public Entity Current { get; private set; }

    private bool IsAtArray { get; set; }

    /// <summary>Finds the first entity of a type in <c>contexts</c> or <c>derived_contexts</c>.</summary>
    /// <param name="column">The column's text in UTF-8; may be empty.</param>
    /// <param name="type">The type looked for.</param>
    /// <param name="entity">The entity, where there is one.</param>
    public static bool TryFind(ReadOnlySpan<byte> column, EntityType type, out Entity entity)
    {
        var reader = new EntityReader(column);
        while (reader.MoveNext())
        {
            if (!reader.Current.Is(type)) continue;
            entity = reader.Current;
            return true;
        }

        entity = default;
        return false;
    }

    /// <summary>Reads the inner event of the column <c>unstruct_event</c>; false where it is empty.</summary>
    public static bool TryReadUnstructEvent(ReadOnlySpan<byte> column, out Entity selfDescribingEvent)
    {
        selfDescribingEvent = default;
        try
        {
            var json = new Utf8JsonReader(column);
            return !column.IsEmpty && TryEnterData(ref json) && TryReadEntity(ref json, column, out selfDescribingEvent);
        }
        catch (JsonException)
        {
            return false; // Documented above: broken text has no entity.
        }
    }

    /// <summary>Goes to the next entity; false at the end.</summary>
    public bool MoveNext()
    {
        try
        {
            if (IsAtArray && _json.Read() && TryReadEntity(ref _json, _column, out var entity))
            {
                Current = entity;
                return true;
            }
        }
        catch (JsonException)
        {
            // Documented above: entities end where the text breaks.
        }

        IsAtArray = false;
        return false;
    }

    // Goes into the outer self-describing JSON and stops at the value of its member "data".
    private static bool TryEnterData(scoped ref Utf8JsonReader json)
    {
        try
        {
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isData = JsonText.Is(json, "data"u8);
                json.Read();
                if (isData) return true;
                json.Skip();
            }
        }
        catch (JsonException)
        {
            return false; // As documented on the type.
        }

        return false;
    }

    // At {"schema":"…","data":…} in any order; ends at its closing brace.
    private static bool TryReadEntity(scoped ref Utf8JsonReader json, ReadOnlySpan<byte> column, out Entity entity)
    {
        ReadOnlySpan<byte> schema = default, data = default;
        entity = default;
        if (json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isSchema = JsonText.Is(json, "schema"u8);
            var isData = JsonText.Is(json, "data"u8);
            json.Read();
            var start = (int)json.TokenStartIndex;
            var isText = json.TokenType == JsonTokenType.String;
            json.Skip();
            var value = column[start..(int)json.BytesConsumed];
            if (isSchema && isText) schema = value[1..^1];
            if (isData) data = value;
        }

        entity = new Entity(schema, data);
        return !schema.IsEmpty && !data.IsEmpty;
    }
}
