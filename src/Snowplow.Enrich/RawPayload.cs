namespace Snowplow.Enrich;

/// <summary>One raw record and where it was found.</summary>
/// <param name="PayloadId">The collector's id for the payload; null where another collector wrote it without one.</param>
/// <param name="Partition">The partition's name: the stream's identity and the partition's number.</param>
/// <param name="Position">The record's position in the partition.</param>
/// <param name="Thrift">The serialised collector payload; it must not change while it is processed.</param>
public readonly record struct RawPayload(Guid? PayloadId, string Partition, long Position, ReadOnlyMemory<byte> Thrift);
