using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Tables;

/// <summary>A table as it was at one moment.</summary>
/// <param name="table">What it keeps.</param>
/// <param name="extents">The rows.</param>
/// <param name="recordsBehind">Tells how far it is behind the files now; null of a user's table.</param>
internal sealed class SnapshotTable(WarehouseTable table, IReadOnlyList<SnapshotExtent> extents, Func<long>? recordsBehind)
    : Table(table.Name, [.. table.Columns.Take(table.VisibleColumns)])
{
    /// <inheritdoc/>
    public override long? RecordsBehind => recordsBehind?.Invoke();

    /// <inheritdoc/>
    public override IReadOnlyList<Extent> Extents(IReadOnlyList<RowTest> tests) => tests.Count == 0 ? extents : [.. extents.Where(extent => extent.MayHold(tests))];
}
