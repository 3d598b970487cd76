using Snowplow.Events.Enriched;

namespace Snowplow.Grains.Partition;

/// <summary>A landed batch on its way to the grains.</summary>
/// <param name="From">x: the first raw position.</param>
/// <param name="UpTo">d: the end.</param>
/// <param name="Hour">The collector hour that names the files.</param>
/// <param name="Events">The good events.</param>
/// <param name="BadRows">JSON lines; empty when the batch was read back and there is no warehouse.</param>
/// <param name="BadCount">The number of bad rows.</param>
internal sealed record Batch(long From, long UpTo, DateTimeOffset Hour, EnrichedBatch Events, ReadOnlyMemory<byte> BadRows, int BadCount);
