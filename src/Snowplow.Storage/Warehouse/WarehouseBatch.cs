using Snowplow.Events.Enriched;

namespace Snowplow.Storage.Warehouse;

/// <summary>A landed batch.</summary>
/// <param name="From">The first position.</param>
/// <param name="UpTo">The first position behind it.</param>
/// <param name="Hour">The collector hour, UTC, of the raw record at <paramref name="From"/>.</param>
/// <param name="Events">The enriched events.</param>
/// <param name="BadRows">The bad rows, as JSON lines.</param>
public readonly record struct WarehouseBatch(long From, long UpTo, DateTimeOffset Hour, EnrichedBatch Events, ReadOnlyMemory<byte> BadRows);
