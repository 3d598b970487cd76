using System.Text.Json;
using Snowplow.Events.Enriched;

namespace Snowplow.Events.BadRows;

/// <summary>
/// An event as far as it was enriched, as bad rows hold it: all 131 fields under their column names, null where empty; JSON
/// columns and decimals as strings, integers, floats and 0/1 as numbers. (schema_violations and enrichment_failures 2-0-1, which
/// have txn_id as a string.)
/// </summary>
internal static class PartiallyEnrichedJson
{
    public static void Write(Utf8JsonWriter writer, EnrichedEventBuilder e)
    {
        writer.WriteStartObject();
        for (var field = (EventField)0; (int)field < EventFields.Count; field++)
        {
            writer.WritePropertyName(EventFields.Utf8Name(field));
            var text = e[field];
            if (text.IsEmpty) writer.WriteNullValue();
            else if (IsNumber(field)) writer.WriteRawValue(text);
            else writer.WriteStringValue(text);
        }

        writer.WriteEndObject();
    }

    private static bool IsNumber(EventField field) =>
        EventFields.Type(field) is FieldType.Int or FieldType.Float or FieldType.Bool && field != EventField.TxnId;
}
