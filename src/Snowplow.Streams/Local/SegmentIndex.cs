namespace Snowplow.Streams.Local;

/// <summary>
/// Where in a segment file some of its positions lie, so that a read need not begin at the file's start. Kept in memory
/// only and filled by whoever passes: the writer, recovery, readers. Thread-safe.
/// </summary>
internal sealed class SegmentIndex
{
    private const long SpacingBytes = 64 << 10;

    private readonly Lock _gate = new();
    private readonly List<(long Position, long Offset)> _entries = [];
    private (long Position, long Offset) _lastRead;

    /// <summary>Notes that the records from a position on lie at an offset and behind it.</summary>
    public void Note(long position, long offset)
    {
        lock (_gate)
        {
            if (_entries.Count == 0 || offset - _entries[^1].Offset >= SpacingBytes) _entries.Add((position, offset));
        }
    }

    /// <summary>Notes where a read ended, which is where that reader goes on.</summary>
    public void NoteRead(long position, long offset)
    {
        Note(position, offset);
        lock (_gate) _lastRead = (position, offset);
    }

    /// <summary>The greatest noted offset that has no record of this position or a later one before it.</summary>
    public long Find(long position)
    {
        lock (_gate)
        {
            var after = _entries.BinarySearch((position, long.MaxValue));
            if (after < 0) after = ~after;
            var noted = after == 0 ? 0 : _entries[after - 1].Offset;
            return _lastRead.Position <= position ? Math.Max(noted, _lastRead.Offset) : noted;
        }
    }
}
