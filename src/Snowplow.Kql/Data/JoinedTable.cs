namespace Snowplow.Kql.Data;

/// <summary>The rows of a table, and behind them those of another one of the same columns.</summary>
internal sealed class JoinedTable(Table first, Table second) : Table(first.Name, first.Columns)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Extent> Extents(IReadOnlyList<RowTest> tests) => [.. first.Extents(tests), .. second.Extents(tests)];
}
