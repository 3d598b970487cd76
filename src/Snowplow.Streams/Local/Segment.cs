using System.Globalization;
using Microsoft.Win32.SafeHandles;

namespace Snowplow.Streams.Local;

/// <summary>
/// One file of a partition, named by the first position it may hold (<c>00000000000000000000.log</c>). Written by the
/// thread of <see cref="GroupCommit"/> alone, read by anybody up to <see cref="Length"/>.
/// </summary>
internal sealed class Segment : IDisposable
{
    private const string Extension = ".log";

    private readonly Lock _gate = new();
    private readonly HashSet<long> _reported = [];
    private SafeFileHandle? _handle;
    private long _length;
    private bool _disposed;

    private Segment(string path, long basePosition, long length, DateTimeOffset created, DateTimeOffset lastAppend)
    {
        Path = path;
        BasePosition = basePosition;
        Created = created;
        LastAppend = lastAppend;
        _length = length;
    }

    public string Path { get; }

    /// <summary>No record of this file has a position before this one.</summary>
    public long BasePosition { get; }

    /// <summary>When this file was begun.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>When a record was last appended.</summary>
    public DateTimeOffset LastAppend { get; private set; }

    /// <summary>The durable bytes. The file may be longer while an append is under way or has failed.</summary>
    public long Length => Volatile.Read(ref _length);

    public SegmentIndex Index { get; } = new();

    /// <summary>The file, opened at its first use.</summary>
    /// <exception cref="ObjectDisposedException">Retention has deleted the segment, or the log is closed.</exception>
    public SafeFileHandle Handle
    {
        get
        {
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                return _handle ??= File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            }
        }
    }

    /// <summary>Begins a new, empty file. A file of that name holds nothing durable and is overwritten.</summary>
    public static Segment Create(string folder, long basePosition, DateTimeOffset now)
    {
        var path = PathOf(folder, basePosition);
        var handle = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        return new Segment(path, basePosition, 0, now, now) { _handle = handle };
    }

    /// <summary>The file of a base position.</summary>
    public static string PathOf(string folder, long basePosition) =>
        System.IO.Path.Combine(folder, basePosition.ToString("D20", CultureInfo.InvariantCulture) + Extension);

    /// <summary>The segments of a folder by base position. Files with other names are left alone.</summary>
    public static Segment[] OpenAll(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*" + Extension).Select(TryOpen).OfType<Segment>().OrderBy(s => s.BasePosition)];

    /// <summary>Publishes what has been appended and is durable.</summary>
    public void Extend(long length, DateTimeOffset now)
    {
        LastAppend = now;
        Volatile.Write(ref _length, length);
    }

    /// <summary>Whether damage at this offset has not been told of before.</summary>
    public bool IsNews(long damagedOffset)
    {
        lock (_gate) return _reported.Add(damagedOffset);
    }

    /// <summary>Takes the file away; readers that hold it open keep what they have.</summary>
    public void Delete()
    {
        File.Delete(Path);
        Dispose();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _handle?.Dispose();
        }
    }

    private static Segment? TryOpen(string path)
    {
        var name = System.IO.Path.GetFileNameWithoutExtension(path.AsSpan());
        if (name.Length != 20 || !long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return null;
        var file = new FileInfo(path);
        return new Segment(path, position, file.Length, file.CreationTimeUtc, file.LastWriteTimeUtc);
    }
}
