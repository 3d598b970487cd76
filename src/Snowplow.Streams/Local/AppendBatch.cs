namespace Snowplow.Streams.Local;

/// <summary>The records that go to the disk with one write and one flush, and those who wait for it. Not thread-safe.</summary>
internal sealed class AppendBatch
{
    private const int KeptBufferSize = 1 << 20;

    private readonly List<TaskCompletionSource> _waiters = [];
    private byte[] _bytes = new byte[64 << 10];
    private int _length;

    public int Count => _waiters.Count;

    public int SizeBytes => _length;

    /// <summary>Copies a record in. The task ends when the record is durable, or certainly or possibly not.</summary>
    public Task Add(Guid payloadId, ReadOnlySpan<byte> payload, uint payloadCrc)
    {
        var size = RecordLayout.HeaderSize + payload.Length;
        if (size > _bytes.Length - _length) Array.Resize(ref _bytes, Math.Max(2 * _bytes.Length, _length + size));
        RecordLayout.Write(_bytes.AsSpan(_length, size), payloadId, payload, payloadCrc);
        _length += size;
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiters.Add(waiter);
        return waiter.Task;
    }

    /// <summary>Numbers the records from a position on.</summary>
    /// <returns>Their bytes as they go to the file.</returns>
    public ReadOnlyMemory<byte> Seal(uint identityCrc, long first)
    {
        var rest = _bytes.AsSpan(0, _length);
        for (var position = first; !rest.IsEmpty; position++) rest = rest[RecordLayout.Seal(rest, identityCrc, position)..];
        return _bytes.AsMemory(0, _length);
    }

    /// <summary>Tells the waiters that their records are durable, and empties the batch.</summary>
    public void Complete()
    {
        foreach (var waiter in _waiters) waiter.SetResult();
        Clear();
    }

    /// <summary>Tells the waiters that their records may not be stored, and empties the batch.</summary>
    public void Fail(string problem, Exception cause)
    {
        foreach (var waiter in _waiters) waiter.SetException(new RawStreamUnavailableException(problem, cause));
        Clear();
    }

    private void Clear()
    {
        _waiters.Clear();
        _length = 0;
        if (_bytes.Length > KeptBufferSize) _bytes = new byte[KeptBufferSize];
    }
}
