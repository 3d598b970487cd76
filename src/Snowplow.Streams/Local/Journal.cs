using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Snowplow.Streams.Local;

/// <summary>
/// What makes appends durable: all partitions' records of one moment go into one file with one write and one flush, instead of a
/// flush for each partition. Segment files have them too, in the operating system's memory; what the journal holds may be written
/// over once they are flushed (<see cref="GroupCommit"/>), and is copied to them again when the log is opened after a crash
/// (<see cref="JournalRedo"/>). Two files take turns. One thread at a time.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const int ProbeSize = 64 << 10;

    private readonly SafeFileHandle[] _files;
    private readonly LogContext _context;
    private readonly JournalHead?[] _heads = new JournalHead?[2];
    private readonly List<ReadOnlyMemory<byte>> _parts = [];
    private readonly byte[] _round = new byte[JournalLayout.RoundSize];
    private byte[] _pieceHeads = [];
    private int _current;
    private long _offset = JournalLayout.HeadSize;

    private Journal(SafeFileHandle[] files, LogContext context)
    {
        _files = files;
        _context = context;
        for (var i = 0; i < files.Length; i++)
        {
            var head = new byte[JournalLayout.HeadSize];
            var read = RandomAccess.Read(files[i], head, 0);
            _heads[i] = JournalLayout.ReadHead(head.AsSpan(0, read), context.IdentityCrc);
            if (read > 0 && _heads[i] is null)
                context.Log.LogWarning("The head of journal-{Number} cannot be read: a crash while it was begun, which loses nothing, or damage. Its rounds are passed over", i);
        }

        _current = (_heads[1]?.Generation ?? 0) > (_heads[0]?.Generation ?? 0) ? 1 : 0;
    }

    /// <summary>Opens or creates the files <c>journal-0</c> and <c>journal-1</c>. <see cref="Begin"/> comes before appends.</summary>
    public static Journal Open(string folder, LogContext context)
    {
        var files = new SafeFileHandle[2];
        try
        {
            for (var i = 0; i < files.Length; i++)
                files[i] = File.OpenHandle(Path.Combine(folder, $"journal-{i}"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            FolderSync.Flush(folder);
            return new Journal(files, context);
        }
        catch
        {
            foreach (var file in files) file?.Dispose();
            throw;
        }
    }

    /// <summary>Whether the current file should take a round of so many bytes of records.</summary>
    public bool HasRoom(int pieces, long bytes) =>
        _offset == JournalLayout.HeadSize || _offset + JournalLayout.RoundSize + (pieces * JournalLayout.PieceSize) + bytes <= _context.Options.JournalSizeBytes;

    /// <summary>Goes on in the other file, writing over what it holds.</summary>
    /// <param name="needsCurrent">Whether what the current file holds may not be durable elsewhere yet.</param>
    public void Begin(bool needsCurrent)
    {
        var (other, before) = (1 - _current, _heads[_current]?.Generation ?? 0);
        // Time, so that a generation whose head was damaged does not come again.
        var head = new JournalHead(Math.Max(before + 1, _context.Time.GetUtcNow().ToUnixTimeMilliseconds()), needsCurrent ? before : 0);
        var bytes = new byte[JournalLayout.HeadSize];
        JournalLayout.WriteHead(bytes, _context.IdentityCrc, head);
        // A round that alone was larger does not keep its space for ever.
        if (RandomAccess.GetLength(_files[other]) > _context.Options.JournalSizeBytes) RandomAccess.SetLength(_files[other], _context.Options.JournalSizeBytes);
        RandomAccess.Write(_files[other], bytes, 0);
        FileSync.Flush(_files[other]);
        (_current, _heads[other], _offset) = (other, head, JournalLayout.HeadSize);
    }

    /// <summary>Writes and flushes a round.</summary>
    /// <exception cref="IOException">It may not be durable. The next one, or <see cref="Probe"/>, takes its place.</exception>
    public void Append(IReadOnlyList<JournalPiece> pieces)
    {
        if (_pieceHeads.Length < pieces.Count * JournalLayout.PieceSize) _pieceHeads = new byte[pieces.Count * JournalLayout.PieceSize];
        var length = 0;
        _parts.Clear();
        _parts.Add(_round);
        for (var i = 0; i < pieces.Count; i++)
        {
            var head = _pieceHeads.AsMemory(i * JournalLayout.PieceSize, JournalLayout.PieceSize);
            JournalLayout.WritePiece(head.Span, pieces[i]);
            _parts.Add(head);
            _parts.Add(pieces[i].Records);
            length += head.Length + pieces[i].Records.Length;
        }

        JournalLayout.WriteRound(_round, _context.IdentityCrc, _heads[_current]!.Value.Generation, _parts.Skip(1), length);
        RandomAccess.Write(_files[_current], _parts, _offset);
        FileSync.Flush(_files[_current]);
        _offset += _round.Length + length;
        _parts.Clear();
    }

    /// <summary>All pieces that may not be durable in segment files, in order.</summary>
    public IEnumerable<JournalPiece> Read()
    {
        if (_heads[_current] is not { } head) yield break;
        if (head.Previous > 0 && _heads[1 - _current]?.Generation == head.Previous)
        {
            foreach (var piece in Read(_files[1 - _current], head.Previous)) yield return piece;
        }

        foreach (var piece in Read(_files[_current], head.Generation)) yield return piece;
    }

    /// <summary>Finds out whether the disk takes more, and undoes a round that failed.</summary>
    /// <exception cref="IOException">It does not.</exception>
    public void Probe()
    {
        RandomAccess.Write(_files[_current], new byte[ProbeSize], _offset);
        FileSync.Flush(_files[_current]);
    }

    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    // To the first that is not whole: it was never acknowledged, nor was any behind it.
    private IEnumerable<JournalPiece> Read(SafeFileHandle file, long generation)
    {
        var (end, round) = (RandomAccess.GetLength(file), new byte[JournalLayout.RoundSize]);
        for (long offset = JournalLayout.HeadSize; offset + round.Length <= end;)
        {
            ReadWhole(file, round, offset);
            if (JournalLayout.ReadRound(round, generation) is not { } length || offset + round.Length + length > end) yield break;
            var pieces = GC.AllocateUninitializedArray<byte>(length);
            ReadWhole(file, pieces, offset + round.Length);
            if (!JournalLayout.IsWhole(round, pieces, _context.IdentityCrc))
            {
                WarnIfMoreFollows(file, offset, offset + round.Length + length, generation);
                yield break;
            }

            foreach (var piece in JournalLayout.ReadPieces(pieces)) yield return piece;
            offset += round.Length + length;
        }
    }

    private void WarnIfMoreFollows(SafeFileHandle file, long offset, long next, long generation)
    {
        var round = new byte[JournalLayout.RoundSize];
        if (next + round.Length > RandomAccess.GetLength(file)) return;
        ReadWhole(file, round, next);
        if (JournalLayout.ReadRound(round, generation) is null) return;
        _context.Log.LogError("The journal is damaged at offset {Offset} of generation {Generation}: what follows is passed over, and is lost where segment files do not have it", offset, generation);
    }

    private static void ReadWhole(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(file, bytes, offset);
            if (read == 0) throw new EndOfStreamException("a journal file became shorter while it was read");
            bytes = bytes[read..];
            offset += read;
        }
    }
}
