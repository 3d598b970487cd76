using System.IO.MemoryMappedFiles;

namespace Snowplow.Warehouse;

/// <summary>A file that is read through memory. The mapping ends when nobody has it any more; the file may be deleted before.</summary>
internal sealed unsafe class MappedFile
{
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private readonly int _length;

    private MappedFile(MemoryMappedViewAccessor view, int length)
    {
        _view = view;
        _length = length;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
    }

    /// <summary>Releases the mapping.</summary>
    ~MappedFile() => _view.SafeMemoryMappedViewHandle.ReleasePointer();

    /// <summary>The bytes; whoever reads them keeps this object until then.</summary>
    public ReadOnlySpan<byte> Span => new(_start, _length);

    /// <summary>Maps a file.</summary>
    /// <exception cref="IOException">It cannot be read, or is too long for an index of an extent.</exception>
    /// <exception cref="InvalidDataException">It is empty.</exception>
    public static MappedFile Open(string path)
    {
        var length = new FileInfo(path).Length;
        if (length is 0 or > int.MaxValue) throw new InvalidDataException($"'{path}' has {length} bytes.");
        using var file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        return new MappedFile(file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read), (int)length);
    }
}
