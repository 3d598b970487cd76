using Snowplow.Events.Enriched;
using Snowplow.Storage.Blobs;

namespace Snowplow.Storage.Landing;

/// <summary>
/// A partition's enriched files, read as the one log that they are. Members follow one another by position, and a file
/// ends with a turn that names the next one. Reading changes nothing. Not thread-safe.
/// </summary>
internal sealed class LandedChain
{
    private readonly IBlobStore _blobs;
    private readonly PartitionName _partition;

    // Files known from the listing and from turns.
    private readonly SortedSet<LandingPath> _files;
    private MemberReader? _reader;

    // Whether the files of the listing are all.
    private bool _isListed = true;

    // Where the next reader begins.
    private long _offset;

    // Whether the last member was appended here. Then nobody is asked what follows it: the next append finds out whether something does.
    private bool _isAppended;

    private LandedChain(IBlobStore blobs, PartitionName partition, IEnumerable<LandingPath> files)
    {
        _blobs = blobs;
        _partition = partition;
        _files = new SortedSet<LandingPath>(files, Comparer<LandingPath>.Create(Compare));
    }

    /// <summary>The file at hand, which may not exist yet; null where the partition has none to go on in.</summary>
    public LandingPath? File { get; private set; }

    /// <summary>The end of what was read of <see cref="File"/>, in bytes.</summary>
    public long Offset => _reader?.Offset ?? _offset;

    /// <summary>The position that the next batch begins at.</summary>
    public long Position { get; private set; }

    /// <summary>Whether nothing committed follows <see cref="Position"/>.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>What follows <see cref="Offset"/> at the end: the remains of an append that never succeeded.</summary>
    public ReadOnlyMemory<byte> UnfinishedTail { get; private set; }

    /// <summary>The writer named last.</summary>
    public uint Writer { get; private set; }

    /// <summary>What the last batch says of bad files.</summary>
    public SideLines Bad { get; private set; }

    /// <summary>What the last batch says of failed files.</summary>
    public SideLines Failed { get; private set; }

    /// <summary>Opens the log at a position.</summary>
    /// <param name="blobs">Where the files are.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="files">The partition's enriched files, in any order.</param>
    /// <param name="from">The position.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async ValueTask<LandedChain> OpenAsync(
        IBlobStore blobs, PartitionName partition, IEnumerable<LandingPath> files, long from, CancellationToken cancellationToken)
    {
        var chain = new LandedChain(blobs, partition, files);
        await chain.SeekAsync(from, cancellationToken);
        return chain;
    }

    /// <summary>Opens the log at a position, by one file of before it and the turns from there on, where that suffices.</summary>
    /// <param name="blobs">Where the files are.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="near">The file's name; null for none.</param>
    /// <param name="from">The position.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async ValueTask<LandedChain> OpenNearAsync(IBlobStore blobs, PartitionName partition, string? near, long from, CancellationToken cancellationToken)
    {
        var isKnown = LandingPath.TryParse(near ?? "", out var file) && file.Partition == partition && file.Area == LandingPath.Enriched && file.First < from
            && await blobs.GetLengthAsync(near!, cancellationToken) > 0;
        var chain = new LandedChain(blobs, partition, isKnown ? [file] : []) { _isListed = false };
        if (!isKnown) await chain.ListAsync(cancellationToken);
        await chain.SeekAsync(from, cancellationToken);
        return chain;
    }

    /// <summary>Reads the batch at <see cref="Position"/> and goes behind it; null at the end, and behind what was <see cref="Appended"/> here.</summary>
    public async ValueTask<LandedBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_isAppended) return null;
        var batch = await NextBatchAsync(withContent: true, cancellationToken);
        if (batch is null)
        {
            if (Later is { } later) throw Corrupt($"the file ends at position {Position}, and '{later}' does not follow from it.");
            return null;
        }

        var events = Parse(batch.Content!);
        Pass(batch);
        var header = batch.Header;
        return new LandedBatch
        {
            Partition = _partition,
            From = header.From,
            UpTo = header.UpTo,
            CollectorHour = header.CollectorHour,
            Events = events,
            GoodCount = header.GoodCount,
            Bad = header.Bad,
            Failed = header.Failed,
        };
    }

    /// <summary>Goes to a position at which a batch ends or none has landed.</summary>
    public async ValueTask SeekAsync(long position, CancellationToken cancellationToken)
    {
        // One file earlier than needed, where there is one: its last member names the bad and the failed file even if the file that
        // begins at the position has no whole member yet.
        (Writer, Bad, Failed) = (0, default, default);
        var earlier = _files.Where(file => file.First < position).Select(file => (long?)file.First).LastOrDefault();
        if (earlier is null)
        {
            if (!_isListed)
            {
                await ListAsync(cancellationToken);
                await SeekAsync(position, cancellationToken);
                return;
            }

            GoOnWithoutEarlier(position);
            return;
        }

        Go(_files.First(file => file.First == earlier));
        Position = earlier.Value;
        while (Position < position)
        {
            var batch = await NextBatchAsync(withContent: false, cancellationToken);
            if (batch is null)
            {
                await CheckMayBeMissingAsync(position, cancellationToken);
                GoOnWithoutEarlier(position);
                return;
            }

            if (batch.Header.UpTo > position)
                throw Corrupt($"position {position} lies within the batch [{batch.Header.From}, {batch.Header.UpTo}).");
            Pass(batch);
        }
    }

    /// <summary>Notes what was appended at the end, a turn or a batch, and where the next append goes.</summary>
    public void Appended(MemberHeader header, LandingPath file, long offset)
    {
        Go(file, offset);
        Note(header);
        (IsAtEnd, _isAppended) = (true, true);
    }

    // The first file behind the one at hand.
    private LandingPath? Later => _files.Where(file => File is { } current && Compare(file, current) > 0).Cast<LandingPath?>().FirstOrDefault();

    // Goes to the next batch over all turns; null at the end.
    private async ValueTask<Member?> NextBatchAsync(bool withContent, CancellationToken cancellationToken)
    {
        while (File is { } file)
        {
            _reader ??= new MemberReader(_blobs, file.ToString(), _partition, _offset);
            IsAtEnd = false;
            var member = await _reader.ReadAsync(withContent, cancellationToken);
            if (member is null)
            {
                // Where a store cannot cut off a torn tail, the log goes on in a file of that position.
                if (_reader.UnfinishedTail.IsEmpty) break;
                if (!_isListed) await ListAsync(cancellationToken);
                if (Later is { } later && later.First == Position)
                {
                    Go(later);
                    continue;
                }

                UnfinishedTail = _reader.UnfinishedTail;
                break;
            }

            var header = member.Header;
            if (header.Kind is not (MemberKind.Batch or MemberKind.Turn)) throw Corrupt($"a member of kind {header.Kind} does not belong into an enriched file.");
            if (header.From != Position) throw Corrupt($"position {Position} is expected here, and the member begins at {header.From}.");
            if (header.Kind == MemberKind.Batch) return member;
            TakeTurn(member, file);
        }

        // A file that a turn names and that is absent was not begun, or was moved away: then later ones tell.
        if (!_isListed && File is { } last && Offset == 0 && await _blobs.GetLengthAsync(last.ToString(), cancellationToken) is null) await ListAsync(cancellationToken);
        IsAtEnd = true;
        return null;
    }

    private async ValueTask ListAsync(CancellationToken cancellationToken)
    {
        await foreach (var entry in _blobs.ListAsync(LandingPath.Enriched + "/", cancellationToken))
            if (LandingPath.TryParse(entry.Name, out var path) && path.Partition == _partition)
                _files.Add(path);
        _isListed = true;
    }

    private void TakeTurn(Member turn, LandingPath file)
    {
        if (!LandingPath.TryParse(turn.Header.NextFile, out var next) || next.Partition != _partition || Compare(next, file) < 0)
            throw Corrupt($"the log cannot go on in '{turn.Header.NextFile}'.");
        Pass(turn);
        if (next != file) Go(next);
    }

    // The log ends before a position that is known to be finished. Whole files may have been moved away, as a turn into
    // a file that is absent shows; anything else is a loss.
    private async ValueTask CheckMayBeMissingAsync(long position, CancellationToken cancellationToken)
    {
        var isMovedAway = Offset == 0 && await _blobs.GetLengthAsync(File.ToString()!, cancellationToken) is null;
        if (!isMovedAway) throw Corrupt($"position {position} is finished, and the log ends at {Position}.");
    }

    private void GoOnWithoutEarlier(long position)
    {
        Position = position;
        (IsAtEnd, _isAppended) = (false, false);
        (File, _reader, _offset, UnfinishedTail) = (null, null, 0, default);
        foreach (var file in _files)
        {
            if (file.First < position) continue;
            if (file.First > position)
                throw new LandingCorruptException(file.ToString(), 0, $"no file holds position {position}, which is to be read, and this one begins behind it.");
            Go(file);
            return;
        }
    }

    private void Go(LandingPath file, long offset = 0)
    {
        _files.Add(file);
        (File, _reader, _offset, UnfinishedTail) = (file, null, offset, default);
        (IsAtEnd, _isAppended) = (false, false);
    }

    private void Pass(Member member)
    {
        _reader!.Skip(member);
        Note(member.Header);
    }

    private void Note(MemberHeader header)
    {
        Position = header.UpTo;
        Writer = header.Writer;
        if (header.Kind == MemberKind.Batch) (Bad, Failed) = (header.Bad, header.Failed);
    }

    private EnrichedBatch Parse(byte[] content)
    {
        try
        {
            return EnrichedBatch.Parse(content);
        }
        catch (FormatException e)
        {
            throw Corrupt(e.Message);
        }
    }

    private LandingCorruptException Corrupt(string problem) => new(File.ToString()!, Offset, problem);

    private static int Compare(LandingPath a, LandingPath b) =>
        (a.First, a.Attempt, a.Hour).CompareTo((b.First, b.Attempt, b.Hour));
}
