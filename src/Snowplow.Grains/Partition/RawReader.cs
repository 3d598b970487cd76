using Snowplow.Streams;

namespace Snowplow.Grains.Partition;

/// <summary>Reads a partition's raw records. One read stays under way while its reader does something else meanwhile.</summary>
internal sealed class RawReader(IRawStream stream, int partition, int maxBytes, CancellationToken end) : IDisposable
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(end);
    private Task<IReadOnlyList<RawRecord>>? _read;
    private long _from;

    /// <summary>The position that the next record will get.</summary>
    public ValueTask<long> GetEndAsync(CancellationToken cancellationToken) => stream.GetEndAsync(partition, cancellationToken);

    /// <summary>The read from a position: the one under way, or a new one. It completes once there is a record.</summary>
    public Task<IReadOnlyList<RawRecord>> From(long position)
    {
        if (_read is null || _from != position)
        {
            _from = position;
            _read = stream.ReadAsync(partition, position, maxBytes, _end.Token).AsTask();
        }

        return _read;
    }

    /// <summary>Takes the result of a read that has completed; the next one starts anew.</summary>
    public async Task<IReadOnlyList<RawRecord>> TakeAsync(Task<IReadOnlyList<RawRecord>> read)
    {
        _read = null;
        return await read;
    }

    /// <summary>Ends the read under way.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }
}
