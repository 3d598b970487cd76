using System.Globalization;
using System.Text;
using Jint;
using Jint.Native;
using Jint.Runtime;
using Snowplow.Enrich.Parameters;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments.JavaScript;

/// <summary>
/// The fields of an event as values of JavaScript: numbers for whole and decimal numbers, 1 and 0 for flags, strings for all else,
/// null for what is empty.
/// </summary>
internal static class ScriptFields
{
    /// <summary>Reads a field.</summary>
    public static JsValue Get(EnrichedEventBuilder fields, EventField field)
    {
        if (fields.GetText(field) is not { } text) return JsValue.Null;
        return EventFields.Type(field) is FieldType.Int or FieldType.Bool or FieldType.Decimal or FieldType.Float
            && double.TryParse(text, CultureInfo.InvariantCulture, out var number)
                ? JsNumber.Create(number)
                : JsString.Create(text);
    }

    /// <summary>Sets a field; null and undefined empty it.</summary>
    /// <returns>What the value should have been, if it was not; else null.</returns>
    public static string? Set(EnrichedEventBuilder fields, EventField field, JsValue value)
    {
        if (value.IsNull() || value.IsUndefined())
        {
            fields.Unset(field);
            return null;
        }

        if (value.IsObject()) return "a string, a number, a boolean or null";
        var text = TypeConverter.ToString(value);
        return EventFields.Type(field) switch
        {
            FieldType.Int => SetInt(fields, field, value),
            FieldType.Bool => SetFlag(fields, field, text),
            FieldType.Decimal => SetDecimal(fields, field, text),
            FieldType.Float => SetFloat(fields, field, value),
            FieldType.Timestamp => SetTimestamp(fields, field, text),
            _ => SetText(fields, field, text),
        };
    }

    private static string? SetText(EnrichedEventBuilder fields, EventField field, string text)
    {
        fields.SetText(field, text);
        return null;
    }

    private static string? SetInt(EnrichedEventBuilder fields, EventField field, JsValue value)
    {
        var number = TypeConverter.ToNumber(value);
        if (number != Math.Floor(number) || number is < int.MinValue or > int.MaxValue) return "a whole number of 32 bits";
        fields.SetInt(field, (int)number);
        return null;
    }

    private static string? SetFlag(EnrichedEventBuilder fields, EventField field, string text)
    {
        if (text is not ("0" or "1" or "true" or "false")) return "1, 0, true or false";
        fields.SetClean(field, text is "1" or "true" ? "1"u8 : "0"u8);
        return null;
    }

    private static string? SetDecimal(EnrichedEventBuilder fields, EventField field, string text)
    {
        Span<byte> normal = stackalloc byte[DecimalText.MaxLength];
        if (!DecimalText.TryNormalise(Encoding.UTF8.GetBytes(text), normal, out var length)) return "a decimal number";
        fields.SetClean(field, normal[..length]);
        return null;
    }

    private static string? SetFloat(EnrichedEventBuilder fields, EventField field, JsValue value)
    {
        var number = (float)TypeConverter.ToNumber(value);
        if (!float.IsFinite(number)) return "a number";
        fields.SetText(field, number.ToString("0.0######", CultureInfo.InvariantCulture));
        return null;
    }

    private static string? SetTimestamp(EnrichedEventBuilder fields, EventField field, string text)
    {
        if (!EventTime.TryParse(Encoding.UTF8.GetBytes(text), out var time)) return "a time in UTC such as 2026-03-01 12:00:00.000";
        fields.SetTimestamp(field, time);
        return null;
    }
}
