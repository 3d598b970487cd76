namespace Snowplow.Storage.Landing;

/// <summary>The rows of one kind that a checkpoint of a partition wrote.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="From">c, the first position of the checkpoint's range.</param>
/// <param name="UpTo">e, the first position behind it.</param>
/// <param name="Lines">The rows, one JSON object a line.</param>
public sealed record RowBatch(PartitionName Partition, long From, long UpTo, ReadOnlyMemory<byte> Lines);
