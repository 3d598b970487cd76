using Microsoft.Extensions.Logging;

namespace Snowplow.Streams.Local;

/// <summary>
/// A thread that takes all appends of all partitions that have gathered while it was busy, makes them durable together and
/// then answers them; so a slow disk makes larger rounds, not longer queues. While the disk refuses, appends fail at
/// once and the thread tries again at intervals.
/// </summary>
internal sealed class GroupCommit : IDisposable
{
    // Segment files are flushed little by little: a flush of much at once would hold up the journal's.
    private const int FlushBytes = 512 << 10;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _work = new(0);
    private readonly string _folder;
    private readonly LogContext _context;
    private readonly Journal _journal;
    private readonly LocalPartition[] _partitions;
    private readonly List<LocalPartition> _round = [];
    private readonly List<JournalPiece> _pieces = [];
    private readonly HashSet<LocalPartition> _broken = [];
    private readonly Thread _thread;
    private readonly Dictionary<Segment, int> _unflushed = [];
    private Task _flushes = Task.CompletedTask;
    private Task _flushesOfOther = Task.CompletedTask;
    private volatile Exception? _flushFailure;
    private int _isWoken;
    private volatile bool _closing;

    /// <summary>Starts the thread.</summary>
    /// <param name="folder">The log's folder.</param>
    /// <param name="context">What the log's parts share.</param>
    /// <param name="journal">The journal, begun; it is closed with this.</param>
    /// <param name="partitions">The partitions, which stay open.</param>
    public GroupCommit(string folder, LogContext context, Journal journal, LocalPartition[] partitions)
    {
        _folder = folder;
        _context = context;
        _journal = journal;
        _partitions = partitions;
        _thread = new Thread(Run) { IsBackground = true, Name = "raw stream" };
        _thread.Start();
    }

    /// <summary>Says that a partition has something to be written.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref _isWoken, 1) == 0) _work.Release();
    }

    /// <summary>Writes what waits. Partitions take nothing any more by now. Afterwards the segment files hold all, and the journal nothing.</summary>
    public void Dispose()
    {
        _closing = true;
        Wake();
        _thread.Join();
        // While the disk refuses writes, only the journal has certainly all.
        if (_context.Problem is null) EmptyJournal();
        _journal.Dispose();
    }

    private void EmptyJournal()
    {
        try
        {
            FlushAll();
            Wait(_flushes);
            _journal.Begin(needsCurrent: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _context.Log.LogError(e, "The raw stream's files could not be flushed; the next start copies them from the journal");
        }
    }

    private void Run()
    {
        while (true)
        {
            if (_context.Problem is null) _work.Wait();
            else if (!_work.Wait(RetryInterval)) Heal();
            Interlocked.Exchange(ref _isWoken, 0);
            // Read before the partitions are looked at: what they took before they closed is among it.
            var isLast = _closing;
            _round.Clear();
            foreach (var partition in _partitions)
            {
                if (partition.TakeBatch()) _round.Add(partition);
            }

            if (_flushFailure is { } failure && _context.Problem is null) FailRound(failure);
            else if (_round.Count > 0) Commit();
            if (isLast) return;
        }
    }

    private void Commit()
    {
        var size = 0L;
        try
        {
            foreach (var partition in _round) size += partition.WaitingBytes;
            if (!_journal.HasRoom(_round.Count, size)) Turn();
            _pieces.Clear();
            foreach (var partition in _round)
            {
                var piece = partition.Write(out var segment);
                _pieces.Add(piece);
                _unflushed[segment] = _unflushed.GetValueOrDefault(segment) + piece.Records.Length;
            }

            _journal.Append(_pieces);
            foreach (var partition in _round) partition.Publish();
            FlushSome();
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

    // Goes on in the journal's other file, once what that one holds is durable in segment files; then this one's becomes it.
    private void Turn()
    {
        Wait(_flushesOfOther);
        _journal.Begin(needsCurrent: true);
        FlushAll();
        _flushesOfOther = _flushes;
    }

    private void FlushSome()
    {
        foreach (var (segment, bytes) in _unflushed)
        {
            if (bytes < FlushBytes) continue;
            _unflushed.Remove(segment);
            _flushes = FlushAsync(_flushes, segment);
        }
    }

    private void FlushAll()
    {
        foreach (var segment in _unflushed.Keys) _flushes = FlushAsync(_flushes, segment);
        _unflushed.Clear();
    }

    // One after the other; after a failure nothing more.
    private async Task FlushAsync(Task before, Segment segment)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            FileSync.Flush(segment.Handle);
        }
        catch (ObjectDisposedException)
        {
            // Retention has deleted it.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _flushFailure = e;
            Wake();
            throw;
        }
    }

    private static void Wait(Task flushes)
    {
        try
        {
            flushes.Wait();
        }
        catch (AggregateException e)
        {
            throw new IOException(e.InnerException!.Message, e.InnerException);
        }
    }

    private void FailRound(Exception cause)
    {
        _context.InFlight.Return(_round.Sum(partition => (long)partition.WaitingBytes));
        Fail(cause);
    }

    private void Fail(Exception cause)
    {
        var problem = $"cannot append to the raw stream: {cause.Message}. Free space on that disk or mend it; appends go on by themselves then";
        _context.Problem = problem;
        _context.Log.LogError(cause, "{Problem}", problem);
        _broken.UnionWith(_round);
        foreach (var partition in _round) partition.FailTaken(problem, cause);
        // Those that came meanwhile would only wait for the same failure.
        foreach (var partition in _partitions) partition.FailWaiting(problem, cause);
    }

    // A failed flush may have dropped what waited in the operating system's memory, of any file, and says so only once. So when the
    // disk takes writes again, all that the journal holds is written and flushed anew before anything else is.
    private void Heal()
    {
        try
        {
            _journal.Probe();
            Task.WaitAny(_flushes);
            foreach (var partition in _broken) partition.Cut();
            foreach (var partition in _broken) partition.Probe();
            JournalRedo.Run(_folder, _journal.Read(), _context.Log);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _context.Log.LogDebug(e, "The raw stream's disk still refuses writes");
            return;
        }

        _flushes = _flushesOfOther = Task.CompletedTask;
        _flushFailure = null;
        _broken.Clear();
        _context.Problem = null;
        _context.Log.LogInformation("The raw stream takes appends again");
    }
}
