using System.Data.Common;
using System.Globalization;
using System.Text.Json;

namespace Snowplow.Enrich.Enrichments.Sql;

/// <summary>Values of columns as JSON.</summary>
internal static class SqlValue
{
    /// <summary>
    /// Writes a column's value: numbers, booleans, JSON and arrays as themselves; times as <c>2026-03-01T12:00:00.000Z</c>, those without a
    /// zone counting as UTC, dates as <c>2026-03-01</c>; bytes in base64; all else as text.
    /// </summary>
    /// <exception cref="InvalidCastException">.NET has no type for the column's.</exception>
    /// <exception cref="OverflowException">A number has more digits than .NET's.</exception>
    public static void Write(Utf8JsonWriter json, DbDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            json.WriteNullValue();
            return;
        }

        switch (row.GetDataTypeName(column).ToLowerInvariant())
        {
            case "json" or "jsonb":
                json.WriteRawValue(row.GetString(column));
                break;
            case "date" when row.GetValue(column) is DateTime date:
                json.WriteStringValue(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            default:
                Write(json, row.GetValue(column));
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null or DBNull:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case byte or sbyte or short or ushort or int or uint or long or ulong or decimal:
                json.WriteRawValue(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
            case float single when float.IsFinite(single):
                json.WriteNumberValue(single);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case DateTime time:
                json.WriteStringValue(time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
                break;
            case DateTimeOffset time:
                Write(json, time.UtcDateTime);
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case Array list:
                json.WriteStartArray();
                foreach (var item in list) Write(json, item);
                json.WriteEndArray();
                break;
            case DateOnly date:
                json.WriteStringValue(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case TimeOnly time:
                json.WriteStringValue(time.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }
}
