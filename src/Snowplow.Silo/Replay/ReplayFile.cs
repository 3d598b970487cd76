using System.IO.Compression;

namespace Snowplow.Silo.Replay;

/// <summary>
/// A gzip file that is there whole or not at all: written aside and renamed. What an earlier run left under its name is replaced,
/// or removed where there is nothing to write now.
/// </summary>
internal sealed class ReplayFile : IDisposable
{
    private readonly string _path;
    private GZipStream? _gzip;
    private bool _isFinished;

    /// <summary>Nothing is written before the first bytes come.</summary>
    public ReplayFile(string path) => _path = path;

    private string Temporary => $"{_path}.new";

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        if (_gzip is null)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
            _gzip = new GZipStream(new FileStream(Temporary, FileMode.Create, FileAccess.Write), CompressionLevel.Fastest);
        }

        _gzip.Write(bytes);
    }

    /// <summary>Puts the file in its place.</summary>
    public void Finish()
    {
        _isFinished = true;
        if (_gzip is null)
        {
            if (File.Exists(_path)) File.Delete(_path);
            return;
        }

        _gzip.Dispose();
        File.Move(Temporary, _path, overwrite: true);
    }

    /// <summary>Removes what was not finished.</summary>
    public void Dispose()
    {
        if (_isFinished || _gzip is null) return;
        _gzip.Dispose();
        File.Delete(Temporary);
    }
}
