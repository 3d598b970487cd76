using System.IO.Compression;
using System.Text;

namespace Snowplow.EndToEnd.Tests.Enriched;

/// <summary>Reads a gzip file of lines with the platform's own reader, as anyone would.</summary>
internal static class GzipLines
{
    /// <summary>All whole lines of a file. A last member that is being written, or was left unfinished, ends them early.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">How much of the file to read: it may be growing.</param>
    public static IReadOnlyList<string> Read(string path, long length)
    {
        var compressed = new byte[length];
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            file.ReadAtLeast(compressed, compressed.Length, throwOnEndOfStream: false);

        var text = new MemoryStream();
        using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
        try
        {
            gzip.CopyTo(text);
        }
        catch (InvalidDataException)
        {
            // The unfinished tail: what precedes it has been read.
        }

        var lines = Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).Split('\n');
        return lines[..^1];
    }
}
