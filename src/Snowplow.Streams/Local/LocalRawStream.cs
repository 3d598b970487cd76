using Microsoft.Extensions.Logging;

namespace Snowplow.Streams.Local;

/// <summary>
/// The raw stream on a local disk: a folder per partition (<c>000</c>, <c>001</c>, …) of append-only segment files
/// (<see cref="RecordLayout"/>), beside <c>manifest.json</c> (identity, partitions), <c>lock</c> and the journal that all
/// partitions share (<see cref="Journal"/>). Thread-safe.
/// </summary>
/// <remarks>
/// An append completes after its bytes are flushed to the disk, in the journal. Readers see nothing else. When the log is opened
/// after a crash, what the journal holds is copied to the segment files, and a torn tail is cut off. Damage elsewhere is logged
/// with file and offset when it is met, and passed over.
/// </remarks>
public sealed class LocalRawStream : IRawStream
{
    private static readonly TimeSpan RetentionInterval = TimeSpan.FromMinutes(1);

    private readonly FileStream _lock;
    private readonly LogContext _context;
    private readonly LocalPartition[] _partitions;
    private readonly GroupCommit _commit;
    private readonly ITimer _retention;
    private int _isDisposed;

    private LocalRawStream(FileStream folderLock, LogContext context, LocalPartition[] partitions, GroupCommit commit)
    {
        _lock = folderLock;
        _context = context;
        _partitions = partitions;
        _commit = commit;
        Identity = context.Manifest.Identity;
        _retention = context.Time.CreateTimer(_ => DeleteReleased(), null, RetentionInterval, RetentionInterval);
    }

    /// <inheritdoc/>
    public string Identity { get; }

    /// <inheritdoc/>
    public int PartitionCount => _partitions.Length;

    /// <inheritdoc/>
    public int MaxPayloadSizeBytes => RecordLayout.MaxPayloadSize;

    /// <inheritdoc/>
    public string? Problem => _context.Problem;

    /// <summary>Opens the log of a folder, or creates one there.</summary>
    /// <exception cref="ArgumentException">Options are wrong; the message lists all that are.</exception>
    /// <exception cref="IOException">The folder cannot be used, or another process has the log open.</exception>
    /// <exception cref="InvalidDataException">The folder's manifest is missing or cannot be read.</exception>
    public static LocalRawStream Open(LocalRawStreamOptions options, TimeProvider time, ILogger<LocalRawStream> log)
    {
        if (options.Validate() is { Count: > 0 } errors)
            throw new ArgumentException($"the local raw stream's options are wrong: {string.Join("; ", errors)}", nameof(options));
        var folder = Path.GetFullPath(options.Folder);
        Directory.CreateDirectory(folder);
        FolderSync.Flush(Path.GetDirectoryName(folder) ?? folder);
        var folderLock = Lock(folder);
        var partitions = new List<LocalPartition>();
        Journal? journal = null;
        try
        {
            var context = new LogContext(options, LogManifest.ReadOrCreate(folder, options.Partitions).Upgrade(folder), time, log);
            journal = Journal.Open(folder, context);
            JournalRedo.Run(folder, journal.Read(), log);
            journal.Begin(needsCurrent: false);
            for (var p = 0; p < context.Manifest.Partitions; p++)
                partitions.Add(new LocalPartition(p, Path.Combine(folder, $"{p:D3}"), context));
            LocalPartition[] all = [.. partitions];
            return new LocalRawStream(folderLock, context, all, new GroupCommit(folder, context, journal, all));
        }
        catch
        {
            foreach (var partition in partitions) partition.Dispose();
            journal?.Dispose();
            folderLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(string partitionKey, Guid payloadId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken) =>
        AppendAsync(PartitionKeyHash.Partition(partitionKey, _partitions.Length), payloadId, payload, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AppendAsync(int partition, Guid payloadId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        if (payload.Length > RecordLayout.MaxPayloadSize)
            throw new ArgumentException($"a payload may have {RecordLayout.MaxPayloadSize} bytes, not {payload.Length}", nameof(payload));
        var durable = _partitions[partition].Append(payloadId, payload.Span);
        _commit.Wake();
        await durable.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <remarks>A position beyond the end proves that the disk lost durable records: appends go on from that position.</remarks>
    public ValueTask<IReadOnlyList<RawRecord>> ReadAsync(int partition, long position, int maxBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return _partitions[partition].ReadAsync(position, maxBytes, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<long> GetEndAsync(int partition, CancellationToken cancellationToken) => new(_partitions[partition].End);

    /// <inheritdoc/>
    /// <remarks>Segments that are wholly released go when they are older, or take more space, than the options allow.</remarks>
    public ValueTask ReleaseAsync(int partition, long position, CancellationToken cancellationToken)
    {
        _partitions[partition].Release(position);
        return ValueTask.CompletedTask;
    }

    /// <summary>Writes what waits for the disk and closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1) return;
        await _retention.DisposeAsync().ConfigureAwait(false);
        foreach (var partition in _partitions) partition.Close();
        await Task.Run(_commit.Dispose).ConfigureAwait(false);
        foreach (var partition in _partitions) partition.Dispose();
        await _lock.DisposeAsync().ConfigureAwait(false);
    }

    private void DeleteReleased()
    {
        foreach (var partition in _partitions) partition.DeleteReleased();
    }

    // The operating system lets go of the lock when the process ends, however it ends.
    private static FileStream Lock(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new IOException($"{folder} is in use by another process, or cannot be written: {e.Message}", e);
        }
    }
}
