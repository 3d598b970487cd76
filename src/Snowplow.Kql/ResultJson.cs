using System.Text.Json;
using Snowplow.Kql.Data;

namespace Snowplow.Kql;

/// <summary>Writes results as JSON, values as Kusto's protocol has them.</summary>
public static class ResultJson
{
    /// <summary>An array of <c>{"name","type"}</c>.</summary>
    public static void WriteColumns(Utf8JsonWriter writer, IReadOnlyList<ColumnSymbol> columns)
    {
        writer.WriteStartArray();
        foreach (var column in columns)
        {
            writer.WriteStartObject();
            writer.WriteString("name", column.Name);
            writer.WriteString("type", column.Type.Name());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>A value.</summary>
    public static void WriteValue(Utf8JsonWriter writer, object? value) => DynamicJson.Write(writer, value);

    /// <summary>The dynamic value of a JSON text, which must be one.</summary>
    public static object? ReadDynamic(ReadOnlySpan<byte> utf8) => DynamicJson.TryParse(utf8, out var value) ? value : throw new FormatException("No JSON");

    /// <summary>A value as text, as <c>tostring</c> gives it.</summary>
    public static string Text(object? value) => DynamicValue.Text(value);
}
