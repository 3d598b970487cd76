using System.Text;
using System.Text.Json;
using Snowplow.Events.BadRows;
using Snowplow.Events.Iglu;

namespace Snowplow.Events.Enriched;

/// <summary>
/// The rules by which Snowplow's analytics SDKs take a line for an event: 131 fields; <c>collector_tstamp</c>, <c>event_id</c> (a
/// UUID), <c>v_collector</c> and <c>v_etl</c> there; typed fields of their type; JSON columns of self-describing JSON.
/// </summary>
public static class EnrichedEventCheck
{
    private static readonly EventField[] Required = [EventField.CollectorTstamp, EventField.EventId, EventField.VCollector, EventField.VEtl];

    /// <summary>What is wrong with the number of a line's fields; null where there are 131.</summary>
    /// <param name="line">The line without its end.</param>
    public static EnrichedLineFault? CheckFieldCount(ReadOnlySpan<byte> line)
    {
        var tabs = line.Count((byte)'\t');
        if (tabs == 0) return new EnrichedLineFault.NotTsv();
        return tabs + 1 == EventFields.Count ? null : new EnrichedLineFault.FieldNumberMismatch(tabs + 1);
    }

    /// <summary>What is wrong with an event's fields; null where nothing is. Allocates nothing then.</summary>
    public static EnrichedLineFault? Check(EnrichedEvent e)
    {
        List<(EventField, string, string)>? errors = null;
        foreach (var field in Required)
        {
            if (e[field].IsEmpty) (errors ??= []).Add((field, "", "must not be empty"));
        }

        for (var field = (EventField)0; (int)field < EventFields.Count; field++)
        {
            var text = e[field];
            if (!text.IsEmpty && Fault(field, text) is { } fault) (errors ??= []).Add((field, Encoding.UTF8.GetString(text), fault));
        }

        return errors is null ? null : new EnrichedLineFault.RowDecoding(errors);
    }

    private static string? Fault(EventField field, ReadOnlySpan<byte> text)
    {
        if (field == EventField.EventId) return Guid.TryParseExact(Encoding.UTF8.GetString(text), "D", out _) ? null : "must be a UUID";
        return EventFields.Type(field) switch
        {
            FieldType.Timestamp => EventTime.TryParse(text, out _) ? null : "must be a timestamp, yyyy-MM-dd HH:mm:ss.SSS",
            FieldType.Int => IsNumber(text, isInteger: true) ? null : "must be an integer of 32 bits",
            FieldType.Decimal or FieldType.Float => IsNumber(text, isInteger: false) ? null : "must be a number",
            FieldType.Bool => text is [(byte)'0' or (byte)'1'] ? null : "must be 0 or 1",
            FieldType.Json => JsonFault(field, text),
            _ => null,
        };
    }

    private static bool IsNumber(ReadOnlySpan<byte> text, bool isInteger)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == text.Length
                && (!isInteger || reader.TryGetInt32(out _));
        }
        catch (JsonException)
        {
            return false; // The grammar's own answer: no number.
        }
    }

    private static string? JsonFault(EventField field, ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
                // All of it must be JSON; what it holds is asked below.
            }
        }
        catch (JsonException e)
        {
            return $"must be JSON: {e.Message}";
        }

        if (field == EventField.UnstructEvent)
        {
            if (!EntityReader.TryReadUnstructEvent(text, out var inner)) return "must be a self-describing JSON within another";
            return IsSchema(inner.SchemaUri) ? null : "must name its schema by an Iglu URI";
        }

        var (found, listed) = (0, ListLength(text));
        var entities = new EntityReader(text);
        while (entities.MoveNext())
        {
            if (!IsSchema(entities.Current.SchemaUri)) return "must name the schema of each entity by an Iglu URI";
            found++;
        }

        return found == listed ? null : "must be a self-describing JSON whose data is a list of others";
    }

    private static bool IsSchema(ReadOnlySpan<byte> uri) => SchemaUriGrammar.TrySplit(uri, wildcards: false, out _);

    // How many items the member "data" of the outer object lists; -1 where it is no list.
    private static int ListLength(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        reader.Read();
        while (reader.TokenType != JsonTokenType.None && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isData = JsonText.Is(reader, "data"u8);
            reader.Read();
            if (!isData)
            {
                reader.Skip();
                continue;
            }

            if (reader.TokenType != JsonTokenType.StartArray) return -1;
            var count = 0;
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                reader.Skip();
                count++;
            }

            return count;
        }

        return -1;
    }
}
