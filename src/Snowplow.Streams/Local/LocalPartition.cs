using Microsoft.Extensions.Logging;

namespace Snowplow.Streams.Local;

/// <summary>
/// One partition of the local log. A thread of its own takes all appends that have gathered while it was busy, writes
/// them with one write and one flush (group commit) and then answers them; so a slow disk makes larger batches, not
/// longer queues. While the disk refuses, appends fail at once and the thread tries again at intervals.
/// </summary>
internal sealed class LocalPartition : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(0, 1);
    private readonly LogContext _context;
    private readonly PartitionFiles _files;
    private readonly Thread _writer;
    private AppendBatch _filling = new();
    private AppendBatch _writing = new();
    private volatile TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile string? _problem;
    private volatile bool _closing;
    private long _skipTo;

    /// <summary>Opens or creates the partition in its folder and starts its thread.</summary>
    public LocalPartition(string folder, LogContext context)
    {
        _context = context;
        _files = PartitionFiles.Open(folder, context);
        _writer = new Thread(Run) { IsBackground = true, Name = $"raw stream {Path.GetFileName(folder)}" };
        _writer.Start();
    }

    /// <summary>Null while appends succeed; otherwise what is wrong.</summary>
    public string? Problem => _problem;

    /// <summary>The position that the next record will get.</summary>
    public long End => Math.Max(_files.End, Volatile.Read(ref _skipTo));

    /// <summary>Copies a record into the next batch. The task ends once the batch is durable or has failed.</summary>
    /// <exception cref="RawStreamUnavailableException">The disk refuses writes, too much is waiting, or the log is closing.</exception>
    public Task Append(Guid payloadId, ReadOnlySpan<byte> payload)
    {
        var size = RecordLayout.HeaderSize + payload.Length;
        var crc = Crc32C.Of(payload);
        lock (_gate)
        {
            if (_closing) throw new RawStreamUnavailableException("the raw stream is shutting down");
            if (_problem is { } problem) throw new RawStreamUnavailableException(problem);
            if (!_context.InFlight.TryTake(size))
                throw new RawStreamUnavailableException($"more than {_context.Options.MaxInFlightBytes} bytes wait for the disk: it is slower than the traffic");
            var durable = _filling.Add(payloadId, payload, crc);
            if (_filling.Count == 1) Wake();
            return durable;
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

    /// <summary>Writes what waits, then closes the files. Later appends and waiting reads fail.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closing) return;
            _closing = true;
            Wake();
        }

        _writer.Join();
        _appended.SetException(new ObjectDisposedException(nameof(LocalRawStream)));
        _files.Dispose();
        _work.Dispose();
    }

    private void Reach(long position)
    {
        lock (_gate)
        {
            if (position > End) _skipTo = position;
        }
    }

    private void Wake()
    {
        if (_work.CurrentCount == 0) _work.Release();
    }

    private void Run()
    {
        while (true)
        {
            if (_problem is null) _work.Wait();
            else if (!_work.Wait(RetryInterval)) Heal();

            lock (_gate) (_writing, _filling) = (_filling, _writing);
            if (_writing.Count > 0) Commit();
            else if (_closing) return;
        }
    }

    private void Commit()
    {
        var size = _writing.SizeBytes;
        try
        {
            _files.SkipTo(Volatile.Read(ref _skipTo));
            var first = _files.End;
            _files.Append(_writing.Seal(_context.IdentityCrc, first), first, first + _writing.Count);
            _writing.Complete();
            Interlocked.Exchange(ref _appended, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(e);
        }
        finally
        {
            _context.InFlight.Return(size);
        }
    }

    private void Fail(Exception cause)
    {
        lock (_gate)
        {
            _problem = $"cannot append to the raw stream: {cause.Message}. Free space on that disk or mend it; appends go on by themselves then";
            // Those that came meanwhile would only wait for the same failure.
            _context.InFlight.Return(_filling.SizeBytes);
            _filling.Fail(_problem, cause);
        }

        _context.Log.LogError(cause, "{Problem}", _problem);
        _writing.Fail(_problem, cause);
    }

    private void Heal()
    {
        try
        {
            _files.Repair();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _context.Log.LogDebug(e, "The raw stream's disk still refuses writes");
            return;
        }

        _problem = null;
        _context.Log.LogInformation("The raw stream takes appends again");
    }
}
