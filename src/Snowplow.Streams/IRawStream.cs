namespace Snowplow.Streams;

/// <summary>
/// The durable, partitioned log between collector and enrich. Positions of a partition count from 0 without holes; a
/// record keeps its position for ever. Implementations: the local partitioned log, Event Hubs.
/// </summary>
public interface IRawStream : IAsyncDisposable
{
    /// <summary>
    /// Names this stream for ever and no other one: a recreated log or hub has another identity, so positions
    /// remembered for the old one mean nothing here. Up to 32 characters of <c>[a-z0-9]</c>.
    /// </summary>
    string Identity { get; }

    /// <summary>The number of partitions, fixed for the life of the stream; they count from 0.</summary>
    int PartitionCount { get; }

    /// <summary>Bytes that a payload may have at most.</summary>
    int MaxPayloadSizeBytes { get; }

    /// <summary>Null while appends succeed; otherwise what is wrong, for readiness and logs.</summary>
    string? Problem { get; }

    /// <summary>Appends one record and completes once it is durable.</summary>
    /// <param name="partitionKey">Records of one key go to one partition, in order.</param>
    /// <param name="payloadId">The id that the collector gave the payload before its first attempt to store it.</param>
    /// <param name="payload">The serialised collector payload. The buffer must not change until the call completes.</param>
    /// <param name="cancellationToken">Ends the wait; the record may be stored all the same.</param>
    /// <exception cref="ArgumentException">The payload is larger than <see cref="MaxPayloadSizeBytes"/>.</exception>
    /// <exception cref="RawStreamUnavailableException">The record is not, or not certainly, stored: answer 503.</exception>
    ValueTask AppendAsync(string partitionKey, Guid payloadId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Appends one record to a partition of the caller's choice; otherwise as the other.</summary>
    /// <param name="partition">0 to <see cref="PartitionCount"/> − 1.</param>
    /// <param name="payloadId">The record's id.</param>
    /// <param name="payload">The serialised collector payload. The buffer must not change until the call completes.</param>
    /// <param name="cancellationToken">Ends the wait; the record may be stored all the same.</param>
    /// <exception cref="RawStreamUnavailableException">The record is not, or not certainly, stored.</exception>
    ValueTask AppendAsync(int partition, Guid payloadId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the next records of a partition, waiting without polling while there are none. Records are in order of
    /// position; where the stream has forgotten or cannot read some, positions jump, and the caller records the gap.
    /// </summary>
    /// <param name="partition">0 to <see cref="PartitionCount"/> − 1.</param>
    /// <param name="position">The first position wanted.</param>
    /// <param name="maxBytes">About how many bytes of payload to return at most; at least one record comes back.</param>
    /// <param name="cancellationToken">The reader's: ends the wait and, once it is cancelled, what is held ready for the reader's next read.</param>
    /// <returns>At least one record.</returns>
    ValueTask<IReadOnlyList<RawRecord>> ReadAsync(int partition, long position, int maxBytes, CancellationToken cancellationToken);

    /// <summary>The position that the next record of a partition will get: what a reader's lag is measured against.</summary>
    ValueTask<long> GetEndAsync(int partition, CancellationToken cancellationToken);

    /// <summary>Tells that records before a position are needed no more; when they go is the stream's retention.</summary>
    ValueTask ReleaseAsync(int partition, long position, CancellationToken cancellationToken);
}
