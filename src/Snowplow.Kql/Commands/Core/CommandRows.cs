using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Commands.Core;

/// <summary>Makes results of commands.</summary>
internal static class CommandRows
{
    /// <summary>A result of these columns and rows, whose values are as <see cref="Column.Box"/> gives them.</summary>
    public static ResultTable Of(IReadOnlyList<(string Name, KqlType Type)> columns, IEnumerable<object?[]> rows)
    {
        var all = rows.ToList();
        var schema = new RowSchema(columns.Select(column => new ColumnSymbol(column.Name, column.Type)));
        var batch = new Batch(schema, [.. columns.Select((column, i) => Columns.Of(column.Type, [.. all.Select(row => row[i])]))], all.Count);
        return new ResultTable("PrimaryResult", schema, all.Count == 0 ? [] : [batch], null);
    }

    /// <summary>A result whose columns are all strings.</summary>
    public static ResultTable OfTexts(IReadOnlyList<string> columns, IEnumerable<object?[]> rows) => Of([.. columns.Select(name => (name, KqlType.String))], rows);

    /// <summary>The result as a table of a query.</summary>
    public static Table ToTable(ResultTable result) => ToTable(result, result.Name, [.. result.Columns.Select(column => (column.Name, column.Type))]);

    /// <summary>The result as rows of a table whose columns have the same types.</summary>
    public static MemoryTable ToTable(ResultTable result, TableDefinition table) => ToTable(result, table.Name, WidenedTable.ColumnsOf(table));

    private static MemoryTable ToTable(ResultTable result, string name, IReadOnlyList<(string Name, KqlType Type)> columns) => new(
        name,
        columns,
        [.. result.Columns.Select(column => Columns.Concatenate(column.Type, [.. result.Batches.Select(batch => batch[column])]))],
        (int)result.RowCount);
}
