namespace Snowplow.Streams.Local;

/// <summary>
/// One partition of the local log: the records that gather for the next round of <see cref="GroupCommit"/>, and its segment files.
/// Appends and reads come from any thread; the members of a round are called by the thread of <see cref="GroupCommit"/>.
/// </summary>
internal sealed class LocalPartition : IDisposable
{
    private readonly Lock _gate = new();
    private readonly int _number;
    private readonly LogContext _context;
    private readonly PartitionFiles _files;
    private AppendBatch _filling = new();
    private AppendBatch _writing = new();
    private volatile TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isClosed;
    private long _skipTo;

    /// <summary>Opens or creates the partition in its folder.</summary>
    public LocalPartition(int number, string folder, LogContext context)
    {
        _number = number;
        _context = context;
        _files = PartitionFiles.Open(folder, context);
    }

    /// <summary>The position that the next record will get.</summary>
    public long End => Math.Max(_files.End, Volatile.Read(ref _skipTo));

    /// <summary>Of a round: the bytes of its records.</summary>
    public int WaitingBytes => _writing.SizeBytes;

    /// <summary>Copies a record into the next round. The task ends once the round is durable or has failed.</summary>
    /// <exception cref="RawStreamUnavailableException">The disk refuses writes, too much is waiting, or the log is closing.</exception>
    public Task Append(Guid payloadId, ReadOnlySpan<byte> payload)
    {
        var size = RecordLayout.HeaderSize + payload.Length;
        var crc = Crc32C.Of(payload);
        lock (_gate)
        {
            if (_isClosed) throw new RawStreamUnavailableException("the raw stream is shutting down");
            if (_context.Problem is { } problem) throw new RawStreamUnavailableException(problem);
            if (!_context.InFlight.TryTake(size))
                throw new RawStreamUnavailableException($"more than {_context.Options.MaxInFlightBytes} bytes wait for the disk: it is slower than the traffic");
            return _filling.Add(payloadId, payload, crc);
        }
    }

    /// <summary>Reads records from a position on, waiting for the first append while there are none.</summary>
    public async ValueTask<IReadOnlyList<RawRecord>> ReadAsync(long position, int maxBytes, CancellationToken cancellationToken)
    {
        Reach(position);
        while (true)
        {
            var appended = _appended.Task;
            if (position < End)
            {
                // Reading may wait for the disk, which the caller's thread should not.
                var records = await Task.Run(() => _files.Read(position, maxBytes), cancellationToken).ConfigureAwait(false);
                if (records.Count > 0) return records;
            }

            await appended.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Notes that the records before a position are not needed any more.</summary>
    public void Release(long position)
    {
        Reach(position);
        _files.Release(position);
    }

    /// <summary>Deletes what has become too old.</summary>
    public void DeleteReleased() => _files.DeleteReleased();

    /// <summary>Begins a round with what has gathered; false if nothing has.</summary>
    public bool TakeBatch()
    {
        lock (_gate)
        {
            if (_filling.Count == 0) return false;
            (_writing, _filling) = (_filling, _writing);
            return true;
        }
    }

    /// <summary>Of a round: numbers its records and writes them to a segment file, where readers do not see them yet.</summary>
    /// <exception cref="IOException">The disk refuses them. <see cref="Cut"/> comes before the next round.</exception>
    public JournalPiece Write(out Segment segment)
    {
        _files.SkipTo(Volatile.Read(ref _skipTo));
        var first = _files.End;
        var records = _writing.Seal(_context.IdentityCrc, first);
        (segment, var offset) = _files.Write(records.Span, first);
        return new JournalPiece(_number, segment.BasePosition, offset, records);
    }

    /// <summary>Of a round: lets readers see its records and tells those who wait that they are durable.</summary>
    public void Publish()
    {
        _files.Publish(_writing.Count);
        _writing.Complete();
        Interlocked.Exchange(ref _appended, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    /// <summary>Of a round: tells those who wait that their records may not be stored.</summary>
    public void FailTaken(string problem, Exception cause) => _writing.Fail(problem, cause);

    /// <summary>Tells those who wait for the next round that there will be none.</summary>
    public void FailWaiting(string problem, Exception cause)
    {
        lock (_gate)
        {
            _context.InFlight.Return(_filling.SizeBytes);
            _filling.Fail(problem, cause);
        }
    }

    /// <summary>Cuts off what a failed round left behind.</summary>
    /// <exception cref="IOException">The disk refuses it.</exception>
    public void Cut() => _files.Cut();

    /// <summary>Finds out whether the disk takes more.</summary>
    /// <exception cref="IOException">It does not.</exception>
    public void Probe() => _files.Probe();

    /// <summary>Takes nothing any more. What has gathered is still written.</summary>
    public void Close()
    {
        lock (_gate) _isClosed = true;
    }

    /// <summary>Closes the files. Waiting reads fail.</summary>
    public void Dispose()
    {
        _appended.TrySetException(new ObjectDisposedException(nameof(LocalRawStream)));
        _files.Dispose();
    }

    private void Reach(long position)
    {
        lock (_gate)
        {
            if (position > End) _skipTo = position;
        }
    }
}
