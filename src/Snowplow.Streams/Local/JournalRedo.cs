using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Snowplow.Streams.Local;

/// <summary>Copies what the journal holds to the segment files, which may have lost it, and makes it durable there.</summary>
internal static class JournalRedo
{
    /// <summary>Writes each piece to its place. What is there already is the same.</summary>
    /// <param name="folder">The log's folder.</param>
    /// <param name="pieces">The pieces, in the order in which they became durable.</param>
    /// <param name="log">Is told how much it was.</param>
    /// <exception cref="IOException">A file cannot be written or flushed.</exception>
    public static void Run(string folder, IEnumerable<JournalPiece> pieces, ILogger log)
    {
        var files = new Dictionary<(int Partition, long SegmentBase), SafeFileHandle?>();
        var bytes = 0L;
        try
        {
            foreach (var piece in pieces)
            {
                var key = (piece.Partition, piece.SegmentBase);
                if (!files.TryGetValue(key, out var file))
                    files[key] = file = Open(Path.Combine(folder, piece.Partition.ToString("D3", CultureInfo.InvariantCulture)), piece.SegmentBase);
                if (file is null) continue;
                RandomAccess.Write(file, piece.Records.Span, piece.Offset);
                bytes += piece.Records.Length;
            }

            foreach (var file in files.Values.OfType<SafeFileHandle>()) FileSync.Flush(file);
        }
        finally
        {
            foreach (var file in files.Values) file?.Dispose();
        }

        if (bytes > 0) log.LogWarning("After a crash or a failure of the disk, {Bytes} bytes of the raw stream's journal were copied to its segment files", bytes);
    }

    // Null for a file that retention has deleted: there are later ones then, and nobody needs what it held.
    private static SafeFileHandle? Open(string folder, long basePosition)
    {
        var path = Segment.PathOf(folder, basePosition);
        try
        {
            return File.OpenHandle(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            Directory.CreateDirectory(folder);
            var later = Segment.OpenAll(folder);
            if (later.Length > 0 && later[^1].BasePosition > basePosition) return null;
            var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
            FolderSync.Flush(folder);
            return file;
        }
    }
}
