using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Snowplow.Kql.Binding;
using Snowplow.Kql.Commands.Core;
using Snowplow.Kql.Commands.Tables;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Commands.Databases;

/// <summary>A database with its tables, columns and functions, as Kusto tells of them.</summary>
internal static class DatabaseSchema
{
    /// <summary>The version that Kusto counts changes of a schema by; this database does not count them.</summary>
    public const string Version = "v1.0";

    private static readonly (string, KqlType)[] Columns =
    [
        ("DatabaseName", KqlType.String), ("TableName", KqlType.String), ("ColumnName", KqlType.String), ("ColumnType", KqlType.String),
        ("IsDefaultTable", KqlType.Bool), ("IsDefaultColumn", KqlType.Bool), ("PrettyName", KqlType.String), ("Version", KqlType.String),
        ("Folder", KqlType.String), ("DocString", KqlType.String),
    ];

    /// <summary>An error where the name is not that of the database.</summary>
    public static void Require(Database database, Token name)
    {
        if (!name.Text.Equals(database.Name, StringComparison.OrdinalIgnoreCase)) throw BindFailure.Unresolved("database", name.Text, name.Span);
    }

    /// <summary>A row for the database, each table and each column.</summary>
    public static ResultTable Rows(Database database)
    {
        var rows = new List<object?[]> { Row("", "", "", "", "") };
        foreach (var table in Tables(database))
        {
            rows.Add(Row(table.Name, "", "", table.Folder, table.DocString));
            rows.AddRange(table.Columns.Select(column => Row(table.Name, column.Name, column.Type.SystemName(), "", column.DocString)));
        }

        return CommandRows.Of(Columns, rows);

        object?[] Row(string table, string column, string type, string folder, string docString) =>
            [database.Name, table, column, type, false, false, "", table.Length == 0 ? Version : "", folder, docString];
    }

    /// <summary>The JSON that editors read: tables and functions by name.</summary>
    public static string Json(CommandRun run)
    {
        var database = run.Database;
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, DynamicJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteStartArray("Plugins");
            writer.WriteEndArray();
            writer.WriteStartObject("Databases");
            writer.WriteStartObject(database.Name);
            writer.WriteString("Name", database.Name);
            writer.WriteStartObject("Tables");
            foreach (var table in Tables(database))
            {
                writer.WritePropertyName(table.Name);
                writer.WriteRawValue(TableRows.Json(table), skipInputValidation: true);
            }

            writer.WriteEndObject();
            WriteNothing(writer, "ExternalTables");
            writer.WriteStartObject("MaterializedViews");
            foreach (var view in database.Catalog.MaterializedViews.Values)
            {
                writer.WritePropertyName(view.Name);
                writer.WriteRawValue(TableRows.Json(Definition(view, run)), skipInputValidation: true);
            }

            writer.WriteEndObject();
            WriteNothing(writer, "EntityGroups");
            writer.WriteNumber("MajorVersion", 1);
            writer.WriteNumber("MinorVersion", 0);
            writer.WriteStartObject("Functions");
            foreach (var function in database.Catalog.Functions.Values)
            {
                writer.WritePropertyName(function.Name);
                WriteFunction(writer, function);
            }

            writer.WriteEndObject();
            writer.WriteString("DatabaseAccessMode", "ReadWrite");
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static IEnumerable<TableDefinition> Tables(Database database) =>
        database.Tables.Keys.Order(StringComparer.Ordinal).Select(name => database.Definition(name)!);

    // A view has the columns of its query; one whose tables are gone has none.
    private static TableDefinition Definition(MaterializedView view, CommandRun run)
    {
        var columns = ImmutableArray<ColumnDefinition>.Empty;
        try
        {
            if (run.Binder().FindTable(view.Name, default) is { } plan) columns = [.. plan.Schema.Select(column => new ColumnDefinition(column.Name, column.Type, ""))];
        }
        catch (BindFailure)
        {
            // The next query of the view tells what is wrong with it.
        }

        return new TableDefinition(view.Name, columns, view.Query.Folder, view.Query.DocString);
    }

    private static void WriteNothing(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteEndObject();
    }

    private static void WriteFunction(Utf8JsonWriter writer, StoredFunction function)
    {
        writer.WriteStartObject();
        writer.WriteString("Name", function.Name);
        writer.WriteStartArray("InputParameters");
        foreach (var parameter in function.Syntax.Parameters)
        {
            writer.WriteStartObject();
            writer.WriteString("Name", parameter.Name);
            if (parameter.Type is { } type) WriteType(writer, type);
            else WriteColumns(writer, parameter.Columns);
            if (parameter.Default is { Span: var span }) writer.WriteString("CslDefaultValue", function.Script.AsSpan(span.Start, span.Length));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("Body", function.Body);
        writer.WriteString("Folder", function.Folder);
        writer.WriteString("DocString", function.DocString);
        writer.WriteString("FunctionKind", "Unknown");
        writer.WriteStartArray("OutputColumns");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // A parameter (*) takes any table, and has no list.
    private static void WriteColumns(Utf8JsonWriter writer, IReadOnlyList<ColumnDeclaration>? columns)
    {
        writer.WriteStartArray("Columns");
        foreach (var column in columns ?? [])
        {
            writer.WriteStartObject();
            writer.WriteString("Name", column.Name);
            WriteType(writer, column.Type);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteType(Utf8JsonWriter writer, KqlType type)
    {
        writer.WriteString("Type", type.SystemName());
        writer.WriteString("CslType", type.Name());
    }
}
