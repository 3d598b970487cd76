namespace Snowplow.Streams;

/// <summary>One record of the raw stream.</summary>
/// <param name="Position">Where it stands in its partition, counted from 0.</param>
/// <param name="PayloadId">The collector's id for the payload, or null where another collector wrote it without one.</param>
/// <param name="Payload">The serialised collector payload. Read-only, valid as long as it is referenced.</param>
public readonly record struct RawRecord(long Position, Guid? PayloadId, ReadOnlyMemory<byte> Payload);
