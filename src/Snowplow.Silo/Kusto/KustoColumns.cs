using System.Text.Json;
using Snowplow.Kql.Data;

namespace Snowplow.Silo.Kusto;

/// <summary>Columns as Kusto's protocol describes them.</summary>
internal static class KustoColumns
{
    /// <summary>Writes <c>"Columns":[…]</c>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="columns">Names and types.</param>
    /// <param name="withDataType">Whether the type of .NET is given as well, as version 1 has it.</param>
    public static void Write(Utf8JsonWriter writer, IEnumerable<(string Name, KqlType Type)> columns, bool withDataType)
    {
        writer.WriteStartArray("Columns");
        foreach (var (name, type) in columns)
        {
            writer.WriteStartObject();
            writer.WriteString("ColumnName", name);
            if (withDataType) writer.WriteString("DataType", DataType(type));
            writer.WriteString("ColumnType", type.Name());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string DataType(KqlType type) => type == KqlType.Decimal ? "SqlDecimal" : type.SystemName()["System.".Length..];
}
