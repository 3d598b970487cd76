using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;
using Snowplow.Model.Excerpts;

namespace Snowplow.Model.Rows;

/// <summary>Writes the members of rows: null and empty ones are left out.</summary>
internal static class RowJson
{
    private static readonly JsonEncodedText[] PageNames = Names(PageColumns.All);
    private static readonly JsonEncodedText[] DeviceNames = Names(DeviceColumns.All);
    private static readonly bool[] DeviceIsNumber = [.. DeviceColumns.All.Select(column => column.Type == "real")];

    /// <summary>How rows are written: on one line, escaped only where JSON asks for it.</summary>
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = ModelJson.Encoder, SkipValidation = true };

    public static JsonEncodedText[] Names(ImmutableArray<ModelColumn> columns) =>
        [.. columns.Select(column => JsonEncodedText.Encode(column.Name, ModelJson.Encoder))];

    public static void Text(this Utf8JsonWriter row, ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8)
    {
        if (!utf8.IsEmpty) row.WriteString(name, utf8);
    }

    public static void Text(this Utf8JsonWriter row, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null) row.WriteString(name, text);
    }

    public static void Number(this Utf8JsonWriter row, ReadOnlySpan<byte> name, long? number)
    {
        if (number is { } value) row.WriteNumber(name, value);
    }

    public static void Time(this Utf8JsonWriter row, ReadOnlySpan<byte> name, long? unixMs)
    {
        if (unixMs is not { } ms) return;
        Span<byte> text = stackalloc byte[UtcTimeConverter.Length];
        UtcTimeConverter.Format(UtcTimeConverter.FromMilliseconds(ms), text);
        row.WriteString(name, text);
    }

    public static void Texts(this Utf8JsonWriter row, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        row.WriteStartArray(name);
        foreach (var text in texts) row.WriteStringValue(text);
        row.WriteEndArray();
    }

    /// <summary>All columns of a page.</summary>
    /// <param name="row">The row.</param>
    /// <param name="page">The page.</param>
    /// <param name="from">The first column to write.</param>
    public static void Page(this Utf8JsonWriter row, Excerpt page, int from = 0)
    {
        Span<Range> fields = stackalloc Range[Excerpt.MaxColumns];
        page.Split(fields);
        for (var i = from; i < PageNames.Length; i++) row.Field(PageNames[i], page.Text[fields[i]], isNumber: false);
    }

    /// <summary>All columns of a device.</summary>
    public static void Device(this Utf8JsonWriter row, Excerpt device)
    {
        Span<Range> fields = stackalloc Range[Excerpt.MaxColumns];
        device.Split(fields);
        for (var i = 0; i < DeviceNames.Length; i++) row.Field(DeviceNames[i], device.Text[fields[i]], DeviceIsNumber[i]);
    }

    public static void Field(this Utf8JsonWriter row, JsonEncodedText name, ReadOnlySpan<byte> utf8, bool isNumber)
    {
        if (utf8.IsEmpty) return;
        if (!isNumber) row.WriteString(name, utf8);
        else if (Utf8Parser.TryParse(utf8, out double number, out var length) && length == utf8.Length && double.IsFinite(number)) row.WriteNumber(name, number);
    }

    /// <summary>Ends a row and its line.</summary>
    public static void EndLine(this Utf8JsonWriter row, ArrayBufferWriter<byte> lines)
    {
        row.WriteEndObject();
        row.Flush();
        lines.Write("\n"u8);
        row.Reset(lines);
    }
}
