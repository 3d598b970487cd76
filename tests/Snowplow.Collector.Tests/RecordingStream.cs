using System.Collections.Concurrent;
using Snowplow.Events.Collector;
using Snowplow.Streams;

namespace Snowplow.Collector.Tests;

/// <summary>A raw stream that keeps what is appended in memory, and refuses appends or holds them up when told to.</summary>
internal sealed class RecordingStream : IRawStream
{
    private int _waiting;

    public ConcurrentQueue<(string Key, Guid Id, byte[] Bytes)> Appended { get; } = [];

    public int MaxPayloadSizeBytes { get; init; } = 16 << 20;

    public string? Problem { get; set; }

    /// <summary>Appends end only after this task.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>Appends that have begun and not ended.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public string Identity => "recording";

    public int PartitionCount => 1;

    /// <summary>The only payload appended, decoded.</summary>
    public CollectorPayload Only => Decode(Appended.ShouldHaveSingleItem().Bytes);

    public static CollectorPayload Decode(byte[] bytes) =>
        CollectorPayloadReader.TryRead(bytes, out var payload, out var error) ? payload : throw new InvalidDataException(error);

    public ValueTask AppendAsync(int partition, Guid payloadId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing here appends to a partition by its number.");

    public async ValueTask AppendAsync(string partitionKey, Guid payloadId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (payload.Length > MaxPayloadSizeBytes) throw new ArgumentException("larger than a payload may be", nameof(payload));
        if (Problem is { } problem) throw new RawStreamUnavailableException(problem);
        Interlocked.Increment(ref _waiting);
        await Gate;
        Interlocked.Decrement(ref _waiting);
        Appended.Enqueue((partitionKey, payloadId, payload.ToArray()));
    }

    public ValueTask<IReadOnlyList<RawRecord>> ReadAsync(int partition, long position, int maxBytes, CancellationToken cancellationToken) =>
        throw new NotSupportedException("collectors do not read");

    public ValueTask<long> GetEndAsync(int partition, CancellationToken cancellationToken) => new(Appended.Count);

    public ValueTask ReleaseAsync(int partition, long position, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
