using System.Globalization;
using Azure.Core;
using Microsoft.Extensions.Logging;
using Snowplow.Streams;

namespace Snowplow.Azure.EventHubs;

/// <summary>
/// The raw stream on Azure Event Hubs: a partition of the stream is a partition of the hub, and a record's position is its sequence
/// number. Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// Records are stored as <see cref="RecordEvent"/> says, so Snowplow's own enrich reads what this stream writes, and this stream reads
/// what Snowplow's own collector writes over the Kafka endpoint (which by another hash puts users into other partitions, and gives
/// payloads no ids).
/// </para>
/// <para>
/// An append completes when the hub has acknowledged the batch it went in. A lost acknowledgement makes the client send again: the record
/// may then be there twice, both with the payload's id, and so with the same ids of events. An append that is begun after another one of
/// its key has completed stands behind it; of those under way at once a repeated send may change the order.
/// </para>
/// <para>
/// Retention is the hub's, by time: <see cref="ReleaseAsync"/> does nothing, and what has gone before it was read shows as a jump of
/// positions. A hub must not be compacted, since that makes such jumps by itself.
/// </para>
/// <para>
/// Geo-replication: a record has another offset in another region, a string that is valid there alone; it keeps its place in the order of
/// its partition, which is its sequence number. Positions are sequence numbers, and every receiver is opened at one. Offsets stay within
/// the client, which takes a lost link up again at the one it has read last; where a region does not know it, the reader opens a new
/// receiver at its position. After a planned failover the stream goes on. After a forced one, what had not been replicated is lost:
/// reading from a position behind the end fails and says so. The other geo-disaster recovery, of metadata alone, leads to another hub,
/// which is another stream.
/// </para>
/// </remarks>
public sealed class EventHubsRawStream : IRawStream
{
    private static readonly TimeSpan EndHolds = TimeSpan.FromSeconds(3);

    private readonly HubClient _hub;
    private readonly PartitionSender[] _senders;
    private readonly PartitionReader[] _readers;
    private readonly KnownEnd?[] _ends;
    private int _isDisposed;

    private EventHubsRawStream(HubClient hub, string identity, int partitions, int maxPayloadSizeBytes)
    {
        _hub = hub;
        Identity = identity;
        MaxPayloadSizeBytes = maxPayloadSizeBytes;
        _senders = [.. Enumerable.Range(0, partitions).Select(partition => new PartitionSender(partition, hub))];
        _ends = new KnownEnd?[partitions];
        _readers = [.. Enumerable.Range(0, partitions).Select(partition => new PartitionReader(partition, hub))];
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public int PartitionCount => _senders.Length;

    /// <inheritdoc/>
    /// <remarks>The hub's largest message without what an event adds. Of a process that may not send, that of a Standard or Premium hub.</remarks>
    public int MaxPayloadSizeBytes { get; }

    /// <inheritdoc/>
    /// <remarks>It ends when the hub has answered again, if no send can tell: a collector that is not ready gets no requests.</remarks>
    public string? Problem
    {
        get
        {
            foreach (var sender in _senders)
                if (sender.Problem is { } problem) return problem;
            return null;
        }
    }

    /// <summary>Finds the hub.</summary>
    /// <param name="options">Which hub.</param>
    /// <param name="credential">Who asks: an identity with the roles Azure Event Hubs Data Sender and Data Receiver. The emulator ignores it.</param>
    /// <param name="time">The clock, for pauses after failures.</param>
    /// <param name="log">Where failures and recoveries are told.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    /// <exception cref="IOException">The hub does not answer, or its partitions are none that a stream can have.</exception>
    public static async Task<EventHubsRawStream> OpenAsync(
        EventHubsOptions options, TokenCredential credential, TimeProvider time, ILogger<EventHubsRawStream> log, CancellationToken cancellationToken)
    {
        if (options.Validate() is { Count: > 0 } errors)
            throw new ArgumentException($"the options of Event Hubs are wrong: {string.Join(" ", errors)}", nameof(options));
        var hub = new HubClient(options, credential, time, log);
        try
        {
            var properties = await hub.GetPropertiesAsync(cancellationToken).ConfigureAwait(false);
            var partitions = properties.PartitionIds.Length;
            if (!properties.PartitionIds.ToHashSet(StringComparer.Ordinal).SetEquals(Enumerable.Range(0, partitions).Select(n => n.ToString(CultureInfo.InvariantCulture))))
                throw new IOException($"The partitions of the hub '{hub.Name}' are not numbered from 0 on: {string.Join(", ", properties.PartitionIds)}");
            var maxPayloadSizeBytes = await hub.GetMaxMessageSizeBytesAsync(cancellationToken).ConfigureAwait(false) - RecordEvent.MaxOverhead;
            return new EventHubsRawStream(hub, HubIdentity.Of(hub.Namespace, hub.Name, properties.CreatedOn), partitions, maxPayloadSizeBytes);
        }
        catch
        {
            await hub.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(string partitionKey, Guid payloadId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        AppendAsync(PartitionKeyHash.Partition(partitionKey, _senders.Length), payloadId, payload, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AppendAsync(int partition, Guid payloadId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (payload.Length > MaxPayloadSizeBytes) throw new ArgumentException($"a payload may have {MaxPayloadSizeBytes} bytes on this hub, not {payload.Length}", nameof(payload));
        await _senders[partition].Append(payloadId, payload).WaitAsync(cancellationToken).ConfigureAwait(false);
        _ends[partition] = null;
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The hub cannot be read, or another reader has taken the partition.</exception>
    /// <exception cref="InvalidDataException">The hub has lost records that it once had.</exception>
    /// <remarks>Throttling and lost links are waited out. A reader of another process on the same partition is thrown off.</remarks>
    public ValueTask<IReadOnlyList<RawRecord>> ReadAsync(int partition, long position, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return _readers[partition].ReadAsync(position, maxBytes, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The hub cannot be asked.</exception>
    /// <remarks>As it was within the last three seconds, but with all that this process has appended: every silo asks for the lag each second, and hubs answer some tens of such questions a second.</remarks>
    public async ValueTask<long> GetEndAsync(int partition, CancellationToken cancellationToken)
    {
        if (_ends[partition] is { } known && _hub.Time.GetElapsedTime(known.At) < EndHolds) return known.End;
        var at = _hub.Time.GetTimestamp();
        var end = await _hub.GetEndAsync(partition, cancellationToken).ConfigureAwait(false);
        _ends[partition] = new KnownEnd(end, at);
        return end;
    }

    /// <inheritdoc/>
    /// <remarks>Does nothing: a hub keeps records for the time that it is configured to.</remarks>
    public ValueTask ReleaseAsync(int partition, long position, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Sends what waits for the hub and closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1) return;
        await Task.WhenAll([.. _readers.Select(reader => reader.DisposeAsync().AsTask()), .. _senders.Select(sender => sender.DisposeAsync().AsTask())]).ConfigureAwait(false);
        await _hub.DisposeAsync().ConfigureAwait(false);
    }

    private sealed record KnownEnd(long End, long At);
}
