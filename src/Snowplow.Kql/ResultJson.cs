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

    /// <summary>An array of rows, each an array of values.</summary>
    public static void WriteRows(Utf8JsonWriter writer, ResultTable result)
    {
        writer.WriteStartArray();
        foreach (var row in result.Rows())
        {
            writer.WriteStartArray();
            foreach (var value in row) DynamicJson.Write(writer, value);
            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    /// <summary>A value.</summary>
    public static void WriteValue(Utf8JsonWriter writer, object? value) => DynamicJson.Write(writer, value);

    /// <summary>A value as text, as <c>tostring</c> gives it.</summary>
    public static string Text(object? value) => DynamicValue.Text(value);
}
