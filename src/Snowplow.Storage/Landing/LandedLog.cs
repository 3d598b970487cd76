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
/// <item>A bad or failed file is written by one writer only, and has its number in its name. Hence a committed length, once
/// its writer is superseded, is final, and cutting to it can be done by anyone, any number of times.</item>
/// </list>
/// </remarks>
public sealed class LandedLog
{
    private readonly IBlobStore _blobs;
    private readonly PartitionName _partition;
    private readonly LandingOptions _options;
    private readonly LandedChain _chain;
    private readonly MemberWriter _members;
    private readonly SideFile _bad;
    private readonly SideFile _failed;

    // The number of this activation, once it has taken over.
    private uint? _writer;

    private bool _isUsable = true;

    private LandedLog(IBlobStore blobs, PartitionName partition, LandingOptions options, LandedChain chain)
    {
        _blobs = blobs;
        _partition = partition;
        _options = options;
        _chain = chain;
        _members = new MemberWriter(blobs, options.CompressionLevel);
        _bad = new SideFile(blobs, _members, LandingPath.Bad, MemberKind.BadRows, options.RollBytes);
        _failed = new SideFile(blobs, _members, LandingPath.Failed, MemberKind.FailedEvents, options.RollBytes);
    }

    /// <summary>Opens a partition's log at a position. Changes nothing.</summary>
    /// <param name="blobs">Where the files are.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="from">The first position that is not finished: the end of a landed batch, or where the partition begins.</param>
    /// <param name="options">How to write.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="near">An enriched file of before the position, from which the log is found by its turns; null, or one that is no more, has all files listed.</param>
    /// <exception cref="LandingCorruptException">What has landed from the position on is damaged or missing.</exception>
    public static async ValueTask<LandedLog> OpenAsync(
        IBlobStore blobs, PartitionName partition, long from, LandingOptions options, CancellationToken cancellationToken, string? near = null)
    {
        partition.Check();
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        return new LandedLog(blobs, partition, options, await LandedChain.OpenNearAsync(blobs, partition, near, from, cancellationToken));
    }

    /// <summary>The enriched file that the log has come to; null before there is one.</summary>
    public string? File => _chain.File?.ToString();

    /// <summary>
    /// The committed batch that begins at a position; null where none has landed there. An unfinished tail is none: it is
    /// removed by the next <see cref="LandAsync"/>. Behind a batch that landed here the store is not asked: whether another
    /// activation has landed one there is found out by landing.
    /// </summary>
    /// <exception cref="LandingCorruptException">The files are damaged, or no batch begins at the position.</exception>
    public async ValueTask<LandedBatch?> ReadAsync(long x, CancellationToken cancellationToken)
    {
        CheckUsable();
        if (x != _chain.Position) await _chain.SeekAsync(x, cancellationToken);
        return await _chain.ReadAsync(cancellationToken);
    }

    /// <summary>
    /// Lands the batch [<paramref name="x"/>, <paramref name="d"/>): appends its bad rows and failed events, if any, then its
    /// enriched events, which is the commit. Once this returns, the batch has landed and is durable.
    /// </summary>
    /// <param name="x">The first position, at which <see cref="ReadAsync"/> has answered null or the last batch landed here ends.</param>
    /// <param name="d">The first position behind the batch.</param>
    /// <param name="collectorHour">The collector time of the raw record at <paramref name="x"/>; its UTC hour is used.</param>
    /// <param name="enriched">The enriched events as lines of TSV.</param>
    /// <param name="bad">The bad rows as lines of JSON.</param>
    /// <param name="failed">The failed events as lines of TSV.</param>
    /// <param name="cancellationToken">Ends the wait; the batch may have landed all the same.</param>
    /// <exception cref="LandingConflictException">Another activation has landed something here.</exception>
    /// <exception cref="IOException">The store failed; the batch may have landed all the same.</exception>
    public async ValueTask LandAsync(
        long x, long d, DateTimeOffset collectorHour, BatchLines enriched, BatchLines bad, BatchLines failed, CancellationToken cancellationToken)
    {
        CheckUsable();
        if (x != _chain.Position || !_chain.IsAtEnd)
            throw new InvalidOperationException($"Read up to the end first: a batch at {x} cannot follow position {_chain.Position} of {_partition}.");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(d, x);
        if (!enriched.IsConsistent || !bad.IsConsistent || !failed.IsConsistent)
            throw new ArgumentException($"The counts ({enriched.Count} good, {bad.Count} bad, {failed.Count} failed) contradict the lines of the batch [{x}, {d}).");

        _isUsable = false;
        if (_writer is not null && _writer != _chain.Writer) throw new LandingConflictException(_chain.File.ToString()!, _chain.Offset);
        var batch = new MemberHeader
        {
            Kind = MemberKind.Batch,
            Partition = _partition,
            From = x,
            UpTo = d,
            CollectorHour = LandingPath.HourOf(collectorHour),
            GoodCount = enriched.Count,
            Bad = new SideLines { Count = bad.Count },
            Failed = new SideLines { Count = failed.Count },
        };
        await PrepareFileAsync(batch, cancellationToken);
        batch = batch with { Writer = _writer!.Value };
        batch = batch with
        {
            Bad = await _bad.AppendAsync(batch, bad, _chain.Bad, cancellationToken),
            Failed = await _failed.AppendAsync(batch, failed, _chain.Failed, cancellationToken),
        };
        var length = await _members.AppendAsync(_chain.File!.Value, _chain.Offset, batch, enriched.Text, cancellationToken);
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
            if (_blobs.CanTruncate) await _members.CutAsync(file.ToString()!, _chain.Offset, _chain.UnfinishedTail, cancellationToken);
            else file = null;
        }

        // The turn ends the file at hand, or begins the next one where there is none that can be appended to.
        var next = file is null || isFull ? NextFile(batch, writer) : file.Value;
        var (target, offset) = file is null ? (next, 0) : (file.Value, _chain.Offset);
        var turn = batch with { Kind = MemberKind.Turn, UpTo = batch.From, Writer = writer, GoodCount = 0, Bad = default, Failed = default, NextFile = next.ToString() };
        var length = await _members.AppendAsync(target, offset, turn, default, cancellationToken);
        _chain.Appended(turn, next, next == target ? offset + length : 0);
        _writer = writer;
        if (!isTakeover) return;
        await _bad.RemoveUncommittedAsync(turn, _chain.Bad, cancellationToken);
        await _failed.RemoveUncommittedAsync(turn, _chain.Failed, cancellationToken);
    }

    // A file that begins where the present one does (it holds no batch) has its writer's number beside the position.
    private LandingPath NextFile(MemberHeader batch, uint writer)
    {
        var attempt = _chain.File is { } file && file.First == batch.From ? Math.Max(writer, file.Attempt + 1) : 0;
        return new LandingPath(LandingPath.Enriched, batch.CollectorHour, _partition, batch.From, attempt);
    }

    private void CheckUsable()
    {
        if (!_isUsable) throw new InvalidOperationException($"A batch of {_partition} failed to land; open the log again to see what has landed.");
    }
}
