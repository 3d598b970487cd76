using System.Text.Json;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Files;

/// <summary>Writes an object a line.</summary>
internal sealed class JsonLinesWriter(Stream output) : RowWriter(output)
{
    private JsonEncodedText[] _names = [];

    private protected override void Begin(Utf8Piece piece, IReadOnlyList<ColumnSymbol> columns) =>
        _names = [.. columns.Select(column => JsonEncodedText.Encode(column.Name, DynamicJson.WriterOptions.Encoder))];

    private protected override void WriteRows(Utf8Piece piece, Column[] values, int rowCount)
    {
        using var json = new Utf8JsonWriter(piece, DynamicJson.WriterOptions);
        for (var row = 0; row < rowCount; row++)
        {
            WriteRow(json, values, row);
            json.Flush();
            json.Reset();
            piece.Add('\n');
            EndRow();
        }
    }

    private void WriteRow(Utf8JsonWriter json, Column[] values, int row)
    {
        json.WriteStartObject();
        for (var i = 0; i < values.Length; i++)
        {
            json.WritePropertyName(_names[i]);
            switch (values[i])
            {
                case var column when column.IsNull(row): json.WriteNullValue(); break;
                case StringColumn texts: json.WriteStringValue(texts.Utf8(row)); break;
                case ValueColumn<bool> bools: json.WriteBooleanValue(bools[row]); break;
                case ValueColumn<int> ints: json.WriteNumberValue(ints[row]); break;
                case ValueColumn<long> { Type: KqlType.Long } longs: json.WriteNumberValue(longs[row]); break;
                case ValueColumn<Guid> guids: json.WriteStringValue(guids[row]); break;
                case ValueColumn<long> times: WriteTime(json, times, row); break;
                default: DynamicJson.Write(json, values[i].Box(row)); break;
            }
        }

        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, ValueColumn<long> times, int row)
    {
        Span<byte> text = stackalloc byte[64];
        var culture = System.Globalization.CultureInfo.InvariantCulture;
        int length;
        if (times.Type == KqlType.DateTime) new DateTime(times[row], DateTimeKind.Utc).TryFormat(text, out length, "O", culture);
        else new TimeSpan(times[row]).TryFormat(text, out length, "c", culture);
        json.WriteStringValue(text[..length]);
    }
}
