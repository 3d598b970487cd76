using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Landing;

/// <summary>
/// A partition's landed batches: read from a position on, then extended. One instance belongs to one activation of the
/// partition. After an exception from <see cref="LandAsync"/> it cannot be used any more: whatever happened is found out
/// by opening the next one. Not thread-safe; awaits on the caller's scheduler.
/// </summary>
/// <remarks>
/// Several activations may be at work without knowing of each other; every append is made at an expected length, so of
/// all of them one wins. Three rules keep the rest true:
/// <list type="number">
/// <item>All append to one file at a time. The file changes by a turn, a member without events that names the next file
/// and is itself appended at the expected length: activations that would roll differently cannot both go on.</item>
/// <item>An activation's first append is a turn with a new writer number. From then on no earlier activation can commit,
/// so what they left can be judged, and removed.</item>
/// <item>A bad file is written by one writer only, and has its number in its name. Hence a committed length, once its
/// writer is superseded, is final, and cutting to it can be done by anyone, any number of times.</item>
/// </list>
/// </remarks>
public sealed class LandedLog
{
    private readonly IBlobStore _blobs;
    private readonly PartitionName _partition;
    private readonly LandingOptions _options;
    private readonly LandedChain _chain;

    // The member being written; kept, as the next will be about as large.
    private byte[] _buffer = [];

    // The number of this activation, once it has taken over.
    private uint? _writer;

    private LandingPath? _badFile;
    private long _badLength;
    private bool _isUsable = true;

    private LandedLog(IBlobStore blobs, PartitionName partition, LandingOptions options, LandedChain chain)
    {
        _blobs = blobs;
        _partition = partition;
        _options = options;
        _chain = chain;
    }

    /// <summary>Opens a partition's log at a position. Changes nothing.</summary>
    /// <param name="blobs">Where the files are.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="from">The first position that is not finished: the end of a landed batch, or where the partition begins.</param>
    /// <param name="options">How to write.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="LandingCorruptException">What has landed from the position on is damaged or missing.</exception>
    public static async ValueTask<LandedLog> OpenAsync(
        IBlobStore blobs, PartitionName partition, long from, LandingOptions options, CancellationToken cancellationToken)
    {
        partition.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        var files = new List<LandingPath>();
        await foreach (var entry in blobs.ListAsync(LandingPath.Enriched + "/", cancellationToken))
            if (LandingPath.TryParse(entry.Name, out var path) && path.Partition == partition)
                files.Add(path);
        return new LandedLog(blobs, partition, options, await LandedChain.OpenAsync(blobs, partition, files, from, cancellationToken));
    }

    /// <summary>
    /// The committed batch that begins at a position; null where none has landed there. An unfinished tail is none: it is
    /// removed by the next <see cref="LandAsync"/>.
    /// </summary>
    /// <exception cref="LandingCorruptException">The files are damaged, or no batch begins at the position.</exception>
    public async ValueTask<LandedBatch?> ReadAsync(long x, CancellationToken cancellationToken)
    {
        CheckUsable();
        if (x != _chain.Position) await _chain.SeekAsync(x, cancellationToken);
        return await _chain.ReadAsync(cancellationToken);
    }

    /// <summary>
    /// Lands the batch [<paramref name="x"/>, <paramref name="d"/>): appends its bad rows, if any, then its enriched events,
    /// which is the commit. Once this returns, the batch has landed and is durable.
    /// </summary>
    /// <param name="x">The first position, at which <see cref="ReadAsync"/> has answered null or the last batch landed here ends.</param>
    /// <param name="d">The first position behind the batch.</param>
    /// <param name="collectorHour">The collector time of the raw record at <paramref name="x"/>; its UTC hour is used.</param>
    /// <param name="enrichedTsv">The lines of the enriched events; may be empty.</param>
    /// <param name="badRows">The bad rows as lines of JSON; may be empty.</param>
    /// <param name="good">The number of enriched events.</param>
    /// <param name="bad">The number of bad rows.</param>
    /// <param name="cancellationToken">Ends the wait; the batch may have landed all the same.</param>
    /// <exception cref="LandingConflictException">Another activation has landed something here.</exception>
    /// <exception cref="IOException">The store failed; the batch may have landed all the same.</exception>
    public async ValueTask LandAsync(
        long x, long d, DateTimeOffset collectorHour, ReadOnlyMemory<byte> enrichedTsv, ReadOnlyMemory<byte> badRows, int good, int bad, CancellationToken cancellationToken)
    {
        CheckUsable();
        if (x != _chain.Position || !_chain.IsAtEnd)
            throw new InvalidOperationException($"Read up to the end first: a batch at {x} cannot follow position {_chain.Position} of {_partition}.");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(d, x);
        if ((good == 0) != enrichedTsv.IsEmpty || (bad == 0) != badRows.IsEmpty)
            throw new ArgumentException($"The counts ({good} good, {bad} bad) contradict the rows of the batch [{x}, {d}).");

        _isUsable = false;
        if (_writer is not null && _writer != _chain.Writer) throw new LandingConflictException(_chain.File.ToString()!, _chain.Offset);
        var batch = new MemberHeader
        {
            Kind = MemberKind.Batch,
            Partition = _partition,
            From = x,
            UpTo = d,
            CollectorHour = LandingPath.HourOf(collectorHour),
            GoodCount = good,
            BadCount = bad,
        };
        await PrepareFileAsync(batch, cancellationToken);
        batch = batch with { Writer = _writer!.Value };
        var badMemberLength = badRows.IsEmpty ? 0 : await AppendBadRowsAsync(batch, badRows, cancellationToken);
        batch = batch with
        {
            BadMemberLength = badMemberLength,
            File = _badFile?.ToString() ?? _chain.BadFile,
            BadLength = _badFile is null ? _chain.BadLength : _badLength,
        };
        var length = await AppendAsync(_chain.File!.Value, _chain.Offset, batch, enrichedTsv, cancellationToken);
        _chain.Appended(batch, _chain.File.Value, _chain.Offset + length);
        _isUsable = true;
    }

    // Makes sure that the file at hand is this activation's to append to: takes over, rolls, or both by one turn.
    private async ValueTask PrepareFileAsync(MemberHeader batch, CancellationToken cancellationToken)
    {
        var isTakeover = _writer is null;
        var writer = _writer ?? checked(_chain.Writer + 1);
        var file = _chain.File;

        // Hours never go back: collectors' clocks differ a little, and every change of hour is a file.
        var isFull = file is null || batch.CollectorHour > file.Value.Hour || _chain.Offset >= _options.RollBytes;
        if (!isTakeover && !isFull) return;

        if (!_chain.UnfinishedTail.IsEmpty)
        {
            if (_blobs.CanTruncate) await CutAsync(file.ToString()!, _chain.Offset, _chain.UnfinishedTail, cancellationToken);
            else file = null;
        }

        // The turn ends the file at hand, or begins the next one where there is none that can be appended to.
        var next = file is null || isFull ? NextFile(batch, writer) : file.Value;
        var (target, offset) = file is null ? (next, 0) : (file.Value, _chain.Offset);
        var turn = batch with { Kind = MemberKind.Turn, UpTo = batch.From, Writer = writer, GoodCount = 0, BadCount = 0, File = next.ToString() };
        var length = await AppendAsync(target, offset, turn, default, cancellationToken);
        _chain.Appended(turn, next, next == target ? offset + length : 0);
        _writer = writer;
        if (isTakeover) await RemoveUncommittedBadRowsAsync(turn, cancellationToken);
    }

    // A file that begins where the present one does (it holds no batch) has its writer's number beside the position.
    private LandingPath NextFile(MemberHeader batch, uint writer)
    {
        var attempt = _chain.File is { } file && file.First == batch.From ? Math.Max(writer, file.Attempt + 1) : 0;
        return new LandingPath(LandingPath.Enriched, batch.CollectorHour, _partition, batch.From, attempt);
    }

    // No earlier writer can commit any more. What they appended and did not commit lies behind the committed length of the
    // last bad file, or in files that begin at the position which is landed now: they had come no further. Bad rows that
    // a writer appends even later, on its way to a conflict, stay, and count as little. Later writers' files are left
    // alone: this one may itself have been superseded by now, and they may hold committed rows.
    private async ValueTask RemoveUncommittedBadRowsAsync(MemberHeader turn, CancellationToken cancellationToken)
    {
        if (_chain.BadFile.Length > 0 && await _blobs.GetLengthAsync(_chain.BadFile, cancellationToken) is { } length)
        {
            if (length < _chain.BadLength)
                throw new LandingCorruptException(_chain.BadFile, length, $"the file ends here, and {_chain.BadLength} bytes of it are committed.");

            // A store that cannot cut keeps them. They do not count, as committed lengths are named by the batches.
            if (length > _chain.BadLength && _blobs.CanTruncate)
            {
                var tail = await new MemberReader(_blobs, _chain.BadFile, _partition, _chain.BadLength).ReadTailAsync(cancellationToken);
                await CutAsync(_chain.BadFile, _chain.BadLength, tail, cancellationToken);
            }
        }

        var left = new List<string>();
        var prefix = LandingPath.Prefix(LandingPath.Bad, turn.CollectorHour, _partition);
        await foreach (var entry in _blobs.ListAsync(prefix, cancellationToken))
            if (LandingPath.TryParse(entry.Name, out var path) && path.First == turn.From && path.Attempt < turn.Writer)
                left.Add(entry.Name);
        foreach (var name in left) await _blobs.DeleteAsync(name, cancellationToken);
    }

    private async ValueTask<int> AppendBadRowsAsync(MemberHeader batch, ReadOnlyMemory<byte> badRows, CancellationToken cancellationToken)
    {
        if (_badFile is null || batch.CollectorHour > _badFile.Value.Hour || _badLength >= _options.RollBytes)
        {
            _badFile = new LandingPath(LandingPath.Bad, batch.CollectorHour, _partition, batch.From, batch.Writer);
            _badLength = 0;
        }

        var length = await AppendAsync(_badFile.Value, _badLength, batch with { Kind = MemberKind.BadRows, GoodCount = 0 }, badRows, cancellationToken);
        _badLength += length;
        return length;
    }

    private async ValueTask<int> AppendAsync(
        LandingPath file, long offset, MemberHeader header, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var member = GzipMember.Write(ref _buffer, header, content.Span, _options.CompressionLevel);
        var name = file.ToString();
        if (!await _blobs.TryAppendAsync(name, offset, member, cancellationToken)) throw new LandingConflictException(name, offset);
        return member.Length;
    }

    private async ValueTask CutAsync(string name, long length, ReadOnlyMemory<byte> tail, CancellationToken cancellationToken)
    {
        if (!await _blobs.TryTruncateAsync(name, length, tail, cancellationToken)) throw new LandingConflictException(name, length);
    }

    private void CheckUsable()
    {
        if (!_isUsable) throw new InvalidOperationException($"A batch of {_partition} failed to land; open the log again to see what has landed.");
    }
}
