using Snowplow.Kql.Schema;

namespace Snowplow.Kql.Data;

/// <summary>A table whose definition has got more columns than its rows were written with: they are null there.</summary>
internal sealed class WidenedTable : Table
{
    private readonly Table _rows;

    private WidenedTable(Table rows, TableDefinition definition)
        : base(rows.Name, ColumnsOf(definition)) => _rows = rows;

    /// <summary>The table with the columns of its definition, which begin with its own.</summary>
    public static Table Of(Table rows, TableDefinition definition) => rows.Columns.Count < definition.Columns.Length ? new WidenedTable(rows, definition) : rows;

    /// <summary>Names and types of the columns of a definition.</summary>
    public static IReadOnlyList<(string Name, KqlType Type)> ColumnsOf(TableDefinition definition) => [.. definition.Columns.Select(column => (column.Name, column.Type))];

    /// <inheritdoc/>
    public override IReadOnlyList<Extent> Extents(IReadOnlyList<ColumnRange> ranges) =>
        [.. _rows.Extents([.. ranges.Where(range => range.Column < _rows.Columns.Count)]).Select(extent => new WidenedExtent(extent, this))];

    private sealed class WidenedExtent(Extent extent, WidenedTable table) : Extent
    {
        public override int RowCount => extent.RowCount;

        public override Column Read(int column, int start, int count) =>
            column < table._rows.Columns.Count ? extent.Read(column, start, count) : Data.Columns.Nulls(table.Columns[column].Type, count);
    }
}
