using System.Text.Json;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Commands.Tables;

/// <summary>Answers that tell of tables.</summary>
internal static class TableRows
{
    private static readonly string[] SchemaColumns = ["TableName", "Schema", "DatabaseName", "Folder", "DocString"];

    /// <summary>A table with its schema as JSON.</summary>
    public static ResultTable WithSchema(Database database, TableDefinition table) =>
        CommandRows.OfTexts(SchemaColumns, [[table.Name, Json(table), database.Name, table.Folder, table.DocString]]);

    /// <summary>A table with its schema as <c>.show table … cslschema</c> has it.</summary>
    public static ResultTable WithCslSchema(Database database, TableDefinition table) =>
        CommandRows.OfTexts(SchemaColumns, [[table.Name, table.CslSchema, database.Name, table.Folder, table.DocString]]);

    /// <summary>The schema of a table as Kusto's JSON.</summary>
    public static string Json(TableDefinition table)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, DynamicJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("Name", table.Name);
            writer.WriteStartArray("OrderedColumns");
            foreach (var column in table.Columns)
            {
                writer.WriteStartObject();
                writer.WriteString("Name", column.Name);
                writer.WriteString("Type", column.Type.SystemName());
                writer.WriteString("CslType", column.Type.Name());
                if (column.DocString.Length > 0) writer.WriteString("DocString", column.DocString);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
