using System.IO.Compression;
using Snowplow.Kql.Files;
using Snowplow.Storage.Blobs;

namespace Snowplow.Silo.Query;

/// <summary>A file that is being written beside its place: it gets there whole, once it is complete, and never over another.</summary>
internal sealed class NewFile : IDisposable
{
    private const int BufferBytes = 256 << 10;

    private readonly string _path;
    private readonly string _unfinished;
    private readonly FileStream _file;
    private bool _isComplete;

    private NewFile(string path)
    {
        _path = path;
        _unfinished = $"{path}.{Guid.NewGuid():N}{WholeFile.Unfinished}";
        _file = new FileStream(_unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.Read, BufferBytes);
        Content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(_file, CompressionLevel.Fastest, leaveOpen: true) : _file;
    }

    /// <summary>Takes the content; it is packed where the path ends in <c>.gz</c>.</summary>
    public Stream Content { get; }

    /// <summary>Begins a file, whose folder is made where it is missing.</summary>
    /// <exception cref="IOException">There is one of that name, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not write there.</exception>
    public static NewFile Begin(string path)
    {
        if (Path.Exists(path)) throw IsThere();
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return new NewFile(path);
    }

    /// <summary>Puts the file in its place, and on disk.</summary>
    /// <exception cref="IOException">There is one of that name meanwhile, or it cannot be written.</exception>
    public WrittenFile Complete()
    {
        if (Content != _file) Content.Dispose();
        _file.Flush(flushToDisk: true);
        var size = _file.Length;
        _file.Dispose();
        try
        {
            File.Move(_unfinished, _path, overwrite: false);
        }
        catch (IOException) when (Path.Exists(_path))
        {
            throw IsThere();
        }

        _isComplete = true;
        return new WrittenFile(_path, size);
    }

    /// <summary>Deletes what was written, unless it is complete.</summary>
    public void Dispose()
    {
        if (_isComplete) return;
        _file.Dispose();
        File.Delete(_unfinished);
    }

    private static IOException IsThere() => new("there is a file of that name, and nothing is written over it");
}
