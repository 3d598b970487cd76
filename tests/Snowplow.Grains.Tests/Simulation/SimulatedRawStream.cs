using Snowplow.Streams;

namespace Snowplow.Grains.Tests.Simulation;

/// <summary>A raw stream in memory whose records become readable little by little.</summary>
internal sealed class SimulatedRawStream(string identity, IReadOnlyList<IReadOnlyList<RawRecord>> partitions, Random random) : IRawStream
{
    private readonly long[] _available = new long[partitions.Count];
    private TaskCompletionSource _arrived = new();

    public string Identity => identity;

    public int PartitionCount => partitions.Count;

    public int MaxPayloadSizeBytes => int.MaxValue;

    public string? Problem => null;

    public bool IsWholeVisible => Enumerable.Range(0, PartitionCount).All(p => _available[p] == partitions[p].Count);

    /// <summary>Lets up to a few more records of a partition be read.</summary>
    public void Arrive(int partition, int count)
    {
        _available[partition] = Math.Min(partitions[partition].Count, _available[partition] + count);
        var arrived = _arrived;
        _arrived = new TaskCompletionSource();
        arrived.SetResult();
    }

    public ValueTask AppendAsync(int partition, Guid payloadId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Nothing here appends to a partition by its number.");

    public ValueTask AppendAsync(string partitionKey, Guid payloadId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The simulation's records are made beforehand.");

    public async ValueTask<IReadOnlyList<RawRecord>> ReadAsync(int partition, long position, int maxBytes, CancellationToken cancellationToken)
    {
        await Task.Yield();
        while (_available[partition] <= position) await _arrived.Task.WaitAsync(cancellationToken);
        // Any cut: another attempt may read more or less than the first.
        var count = random.Next(1, (int)(_available[partition] - position) + 1);
        return [.. partitions[partition].Skip((int)position).Take(count)];
    }

    public async ValueTask<long> GetEndAsync(int partition, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return _available[partition];
    }

    public ValueTask ReleaseAsync(int partition, long position, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
