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
    public override long? RecordsBehind => _rows.RecordsBehind;

    /// <inheritdoc/>
    public override IReadOnlyList<Extent> Extents(IReadOnlyList<RowTest> tests) =>
        [.. _rows.Extents(OfRows(tests)).Select(extent => new WidenedExtent(extent, this))];

    private List<RowTest> OfRows(IReadOnlyList<RowTest> tests) => [.. tests.Where(test => test.Columns.All(column => column < _rows.Columns.Count))];

    private sealed class WidenedExtent(Extent extent, WidenedTable table) : Extent
    {
        public override int RowCount => extent.RowCount;

        public override ExtentDetails Details => extent.Details;

        public override Column Read(int column, int start, int count) =>
            column < table._rows.Columns.Count ? extent.Read(column, start, count) : Data.Columns.Nulls(table.Columns[column].Type, count);

        public override Column? ReadRows(int column, int start, int count, int[] rows) => column < table._rows.Columns.Count ? extent.ReadRows(column, start, count, rows) : null;

        public override bool MayHold(IReadOnlyList<RowTest> tests, int start, int count) => extent.MayHold(table.OfRows(tests), start, count);

        public override int[]? Passing(IReadOnlyList<RowTest> tests, int start, int count) => extent.Passing(table.OfRows(tests), start, count);

        public override int[]? Counting(int start, int count) => extent.Counting(start, count);
    }
}
