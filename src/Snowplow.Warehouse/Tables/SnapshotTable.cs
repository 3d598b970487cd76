using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Tables;

/// <summary>A table as it was at one moment.</summary>
internal sealed class SnapshotTable(WarehouseTable table, IReadOnlyList<SnapshotExtent> extents)
    : Table(table.Name, [.. table.Columns.Take(table.VisibleColumns)])
{
    /// <inheritdoc/>
    public override IReadOnlyList<Extent> Extents(IReadOnlyList<RowTest> tests) => tests.Count == 0 ? extents : [.. extents.Where(extent => extent.MayHold(tests))];
}
