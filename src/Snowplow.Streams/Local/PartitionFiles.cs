using Microsoft.Extensions.Logging;

namespace Snowplow.Streams.Local;

/// <summary>
/// The segment files of one partition. One thread at a time writes, publishes and cuts; any number read; retention runs on
/// any thread.
/// </summary>
internal sealed class PartitionFiles : IDisposable
{
    // A day's end begins a new file, so that retention by age gets at the records of a quiet partition too.
    private static readonly TimeSpan LongestWritingTime = TimeSpan.FromDays(1);
    private const int ProbeSize = 64 << 10;
    private const int ChunkHeadroom = 4 << 10;

    private readonly string _folder;
    private readonly LogContext _context;
    private readonly Lock _gate = new();
    private volatile Segment[] _segments;
    private long _end;
    private long _released;
    private (Segment Segment, long Offset, int Length, long First, DateTimeOffset At) _written;

    private PartitionFiles(string folder, LogContext context, Segment[] segments, long end)
    {
        _folder = folder;
        _context = context;
        _segments = segments;
        _end = end;
    }

    /// <summary>The position that the next record will get. Everything before it is durable.</summary>
    public long End => Volatile.Read(ref _end);

    /// <summary>Opens or creates a partition's folder and cuts off what a crash left unfinished.</summary>
    public static PartitionFiles Open(string folder, LogContext context)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            FolderSync.Flush(Path.GetDirectoryName(folder)!);
        }

        var segments = Segment.OpenAll(folder);
        var end = segments.Length == 0 ? 0 : SegmentRecovery.Recover(segments[^1], context);
        // A segment whose file is there may have lost its name to a power loss until the folder is flushed.
        FolderSync.Flush(folder);
        return new PartitionFiles(folder, context, segments, end);
    }

    /// <summary>Writes sealed records behind the end, where readers do not see them before <see cref="Publish"/>. They are not flushed.</summary>
    /// <param name="records">The bytes of all records.</param>
    /// <param name="first">The position of the first of them.</param>
    /// <returns>Where they lie.</returns>
    /// <exception cref="IOException">The file may have a partial tail: <see cref="Cut"/> comes first.</exception>
    public (Segment Segment, long Offset) Write(ReadOnlySpan<byte> records, long first)
    {
        var now = _context.Time.GetUtcNow();
        var segment = SegmentToAppendTo(first, now);
        var offset = segment.Length;
        RandomAccess.Write(segment.Handle, records, offset);
        _written = (segment, offset, records.Length, first, now);
        return (segment, offset);
    }

    /// <summary>Lets readers see what was written last, which is durable now.</summary>
    /// <param name="count">How many records it is.</param>
    public void Publish(int count)
    {
        var (segment, offset, length, first, now) = _written;
        segment.Index.Note(first, offset);
        // The end first: a reader that sees a record must never find itself beyond the end.
        Volatile.Write(ref _end, first + count);
        segment.Extend(offset + length, now);
    }

    /// <summary>After a failure: cuts off what was written and never published.</summary>
    /// <exception cref="IOException">The disk refuses it.</exception>
    public void Cut()
    {
        if (_segments is not [.., var last]) return;
        RandomAccess.SetLength(last.Handle, last.Length);
        FileSync.Flush(last.Handle);
    }

    /// <summary>Finds out whether the disk takes writes, by writing and flushing a few bytes behind the end and cutting them off.</summary>
    /// <exception cref="IOException">It does not.</exception>
    public void Probe()
    {
        var segment = SegmentToAppendTo(End, _context.Time.GetUtcNow());
        RandomAccess.Write(segment.Handle, new byte[ProbeSize], segment.Length);
        FileSync.Flush(segment.Handle);
        Cut();
    }

    /// <summary>
    /// Goes on at a later position. A reader that has been beyond the end has seen records that are gone, so their
    /// positions must not be given to others, which it would never read. Called by the appending thread.
    /// </summary>
    public void SkipTo(long position)
    {
        if (position <= End) return;
        _context.Log.LogError(
            "A reader of {Folder} has been at position {Position}, beyond the end {End}: the disk lost records that were durable. Positions go on from {Position}",
            _folder, position, End, position);
        Volatile.Write(ref _end, position);
    }

    /// <summary>Reads records from a position on; none if there are none yet.</summary>
    public List<RawRecord> Read(long position, int maxBytes)
    {
        while (true)
        {
            try
            {
                return ReadSegments(position, maxBytes);
            }
            catch (ObjectDisposedException) when (_segments is not [])
            {
                // Retention deleted the segment between its choice and its use: the list no longer has it.
            }
        }
    }

    /// <summary>Notes that the records before a position are not needed any more, and deletes what may go.</summary>
    public void Release(long position)
    {
        lock (_gate) _released = Math.Max(_released, position);
        DeleteReleased();
    }

    /// <summary>Deletes the oldest of the wholly released segments while they are too old or too many.</summary>
    public void DeleteReleased()
    {
        lock (_gate)
        {
            var segments = _segments;
            var released = 0;
            while (released < segments.Length - 1 && segments[released + 1].BasePosition <= _released) released++;
            var bytes = segments[..released].Sum(s => s.Length);
            var gone = 0;
            while (gone < released && MustGo(segments[gone], bytes)) bytes -= segments[gone++].Length;
            if (gone == 0) return;
            _segments = segments[gone..];
            foreach (var segment in segments[..gone]) Delete(segment);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var segment in _segments) segment.Dispose();
            _segments = [];
        }
    }

    private void Delete(Segment segment)
    {
        try
        {
            segment.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _context.Log.LogWarning(e, "{File} is needed no more but cannot be deleted; the next start tries again", segment.Path);
        }
    }

    private bool MustGo(Segment segment, long releasedBytes) =>
        releasedBytes > _context.RetainedBytesPerPartition
        || _context.Time.GetUtcNow() - segment.LastAppend > _context.Options.RetainedAge;

    private List<RawRecord> ReadSegments(long position, int maxBytes)
    {
        var segments = _segments;
        var records = new List<RawRecord>();
        var at = Math.Max(0, Array.FindLastIndex(segments, s => s.BasePosition <= position));
        while (at < segments.Length && records.Count == 0) ReadSegment(segments[at++], position, maxBytes, records);
        return records;
    }

    private void ReadSegment(Segment segment, long position, int maxBytes, List<RawRecord> records)
    {
        var chunkSize = Math.Clamp(maxBytes, 0, RecordLayout.MaxRecordSize) + ChunkHeadroom;
        var scanner = new SegmentScanner(segment, _context.IdentityCrc, segment.Index.Find(position), segment.Length, chunkSize);
        long bytes = 0;
        while (bytes < maxBytes || records.Count == 0)
        {
            var start = scanner.Offset;
            var step = scanner.Next();
            if (step == ScanStep.End) break;
            if (step == ScanStep.Damage)
            {
                DamageReport.Write(_context.Log, segment, scanner.DamageOffset, scanner.Offset);
                continue;
            }

            segment.Index.Note(scanner.Position, start);
            if (scanner.Position < position) continue;
            records.Add(scanner.Take());
            bytes += scanner.PayloadLength;
        }

        if (records.Count > 0) segment.Index.NoteRead(records[^1].Position + 1, scanner.Offset);
    }

    private Segment SegmentToAppendTo(long position, DateTimeOffset now)
    {
        var segments = _segments;
        if (segments.Length > 0 && !IsFull(segments[^1], now)) return segments[^1];
        var segment = Segment.Create(_folder, position, now);
        FolderSync.Flush(_folder);
        lock (_gate) _segments = [.. _segments, segment];
        return segment;
    }

    private bool IsFull(Segment segment, DateTimeOffset now) =>
        segment.Length >= _context.Options.SegmentSizeBytes || (segment.Length > 0 && now - segment.Created > LongestWritingTime);
}
