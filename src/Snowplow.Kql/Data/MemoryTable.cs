namespace Snowplow.Kql.Data;

/// <summary>A table in memory: one extent of whole columns.</summary>
public sealed class MemoryTable : Table
{
    private readonly MemoryExtent[] _extents;

    /// <summary>A table of columns of equal length.</summary>
    /// <param name="name">The name.</param>
    /// <param name="columns">Names and types of the columns.</param>
    /// <param name="values">The columns.</param>
    /// <param name="rowCount">Number of rows.</param>
    public MemoryTable(string name, IReadOnlyList<(string Name, KqlType Type)> columns, Column[] values, int rowCount)
        : base(name, columns) => _extents = rowCount == 0 ? [] : [new MemoryExtent(values, rowCount)];

    /// <inheritdoc/>
    public override IReadOnlyList<Extent> Extents(IReadOnlyList<RowTest> tests) => _extents;

    private sealed class MemoryExtent(Column[] columns, int rowCount) : Extent
    {
        public override int RowCount => rowCount;

        public override Column Read(int column, int start, int count) => columns[column].Slice(start, count);
    }
}
