using Snowplow.Storage.Landing;

namespace Snowplow.Storage.Warehouse;

/// <summary>What one range of a partition brought.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="From">c, the first position of the range.</param>
/// <param name="UpTo">e, the first position behind it.</param>
/// <param name="Batches">The batches that landed, in order and without a gap from c to e.</param>
/// <param name="Rows">The rows of tables of the models, as JSON lines.</param>
public sealed record WarehouseUnit(
    PartitionName Partition, long From, long UpTo, IReadOnlyList<WarehouseBatch> Batches, IReadOnlyList<(string Table, ReadOnlyMemory<byte> Lines)> Rows);
