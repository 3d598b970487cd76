using System.IO.MemoryMappedFiles;

namespace Snowplow.Enrich.Mmdb;

/// <summary>
/// A copy of a file, mapped into memory. The original may be overwritten or cut while this is in use: a mapped file that shrinks
/// would end the process. Unmapped when disposed of or collected, so whoever reads <see cref="Bytes"/> keeps this alive meanwhile
/// (<see cref="GC.KeepAlive"/>): the span does not.
/// </summary>
internal sealed unsafe class MappedFile : IDisposable
{
    private readonly FileStream _copy;
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly int _length;

    /// <summary>Copies and maps a file.</summary>
    /// <exception cref="MmdbException">It is empty, or larger than spans are.</exception>
    public MappedFile(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.None, Options = FileOptions.DeleteOnClose,
        };
        _copy = new FileStream(Path.Combine(Path.GetTempPath(), $"snowplow-{Guid.NewGuid():N}.mmdb"), options);
        try
        {
            using (var original = File.OpenRead(path)) original.CopyTo(_copy);
            _copy.Flush();
            if (_copy.Length is 0 or > int.MaxValue) throw new MmdbException($"it has {_copy.Length} bytes");
            _length = (int)_copy.Length;
            _map = MemoryMappedFile.CreateFromFile(_copy, null, _length, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: true);
            _view = _map.CreateViewAccessor(0, _length, MemoryMappedFileAccess.Read);
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        }
        catch
        {
            _map?.Dispose();
            _copy.Dispose();
            throw;
        }
    }

    // The view's handle counts the pointer as a user of its own, and never unmaps before that one has gone.
    ~MappedFile()
    {
        if (_start is not null) _view.SafeMemoryMappedViewHandle.ReleasePointer();
    }

    /// <summary>All of it.</summary>
    public ReadOnlySpan<byte> Bytes => new(_start, _length);

    /// <summary>Unmaps it and deletes the copy. To be called once.</summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
        _copy.Dispose();
    }
}
