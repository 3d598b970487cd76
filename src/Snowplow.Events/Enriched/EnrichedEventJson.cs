using System.Globalization;
using System.Text.Json;

namespace Snowplow.Events.Enriched;

/// <summary>
/// An enriched event as JSON, in the shape of Snowplow's Scala and .NET analytics SDKs: typed atomic fields (null where
/// empty), timestamps in ISO 8601, entities under one key per type (<see cref="EntityColumn"/>) as arrays, the
/// self-describing event under its own key, and <c>geo_location</c> where both coordinates are known.
/// </summary>
/// <remarks>
/// As in every SDK, column 121 is called <c>refr_device_tstamp</c> here, and <c>refr_dvce_tstamp</c> in the TSV and tables. A type
/// that stands in <c>contexts</c> and <c>derived_contexts</c> appears with the derived entities only. A value that is not of
/// its column's type is written as a string rather than lost.
/// </remarks>
public static class EnrichedEventJson
{
    private const int GeoLocationMaxLength = 64;

    // Checked for escapes once, not in every event.
    private static readonly JsonEncodedText[] Names =
    [
        .. Enumerable.Range(0, EventFields.Count).Select(index => (EventField)index)
            .Select(field => JsonEncodedText.Encode(field == EventField.RefrDvceTstamp ? "refr_device_tstamp"u8 : EventFields.Utf8Name(field))),
    ];

    /// <summary>Writes the event as one object.</summary>
    public static void Write(EnrichedEvent e, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        for (var field = (EventField)0; (int)field < EventFields.Count; field++)
        {
            if (EventFields.Type(field) == FieldType.Json) continue;
            writer.WritePropertyName(Names[(int)field]);
            WriteValue(writer, EventFields.Type(field), e[field]);
        }

        WriteGeoLocation(e, writer);
        WriteUnstructEvent(e, writer);
        WriteEntities(e, writer);
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, FieldType type, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            writer.WriteNullValue();
            return;
        }

        switch (type)
        {
            case FieldType.Timestamp when EventTime.TryParse(text, out var time):
                WriteTime(writer, time);
                break;
            case FieldType.Int or FieldType.Decimal or FieldType.Float when IsNumber(text):
                writer.WriteRawValue(text, skipInputValidation: true);
                break;
            case FieldType.Bool when text is [(byte)'0' or (byte)'1']:
                writer.WriteBooleanValue(text[0] == '1');
                break;
            default:
                writer.WriteStringValue(text);
                break;
        }
    }

    private static void WriteTime(Utf8JsonWriter writer, DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[32];
        time.UtcDateTime.TryFormat(
            text, out var length, time.Millisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }

    private static void WriteGeoLocation(EnrichedEvent e, Utf8JsonWriter writer)
    {
        var latitude = e[EventField.GeoLatitude];
        var longitude = e[EventField.GeoLongitude];
        if (latitude.IsEmpty || longitude.IsEmpty || latitude.Length + longitude.Length >= GeoLocationMaxLength) return;
        Span<byte> location = stackalloc byte[GeoLocationMaxLength];
        latitude.CopyTo(location);
        location[latitude.Length] = (byte)',';
        longitude.CopyTo(location[(latitude.Length + 1)..]);
        writer.WriteString("geo_location"u8, location[..(latitude.Length + 1 + longitude.Length)]);
    }

    private static void WriteUnstructEvent(EnrichedEvent e, Utf8JsonWriter writer)
    {
        if (!EntityReader.TryReadUnstructEvent(e[EventField.UnstructEvent], out var inner)) return;
        if (EntityColumn.Name(EntityColumn.UnstructEventPrefix, inner.SchemaUri) is not { } key) return;
        writer.WritePropertyName(key);
        // What was read as JSON is JSON.
        writer.WriteRawValue(inner.Data, skipInputValidation: true);
    }

    private static void WriteEntities(EnrichedEvent e, Utf8JsonWriter writer)
    {
        var custom = Group(e[EventField.Contexts]);
        var derived = Group(e[EventField.DerivedContexts]);
        foreach (var (key, entities) in custom)
        {
            if (!derived.ContainsKey(key)) WriteArray(writer, key, e[EventField.Contexts], entities);
        }

        foreach (var (key, entities) in derived) WriteArray(writer, key, e[EventField.DerivedContexts], entities);
    }

    // Where the data of each type's entities lie in the column, types in order of appearance.
    private static OrderedDictionary<string, List<Range>> Group(ReadOnlySpan<byte> column)
    {
        var groups = new OrderedDictionary<string, List<Range>>(StringComparer.Ordinal);
        var entities = new EntityReader(column);
        while (entities.MoveNext())
        {
            var entity = entities.Current;
            if (EntityColumn.Name(EntityColumn.ContextsPrefix, entity.SchemaUri) is not { } key) continue;
            if (!groups.TryGetValue(key, out var ranges)) groups.Add(key, ranges = []);
            column.Overlaps(entity.Data, out var offset);
            ranges.Add(offset..(offset + entity.Data.Length));
        }

        return groups;
    }

    private static void WriteArray(Utf8JsonWriter writer, string key, ReadOnlySpan<byte> column, List<Range> entities)
    {
        writer.WriteStartArray(key);
        foreach (var entity in entities) writer.WriteRawValue(column[entity], skipInputValidation: true);
        writer.WriteEndArray();
    }

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == text.Length;
        }
        catch (JsonException)
        {
            return false; // The grammar's own answer: no number.
        }
    }
}
