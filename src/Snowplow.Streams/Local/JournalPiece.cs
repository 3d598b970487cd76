namespace Snowplow.Streams.Local;

/// <summary>Records of one partition that became durable together, and where in its files they lie.</summary>
/// <param name="Partition">The partition's number.</param>
/// <param name="SegmentBase">The base position of the segment file.</param>
/// <param name="Offset">Where in that file they begin.</param>
/// <param name="Records">Their bytes.</param>
internal readonly record struct JournalPiece(int Partition, long SegmentBase, long Offset, ReadOnlyMemory<byte> Records);
