using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;

namespace Snowplow.Streams.Local;

/// <summary>
/// Takes records out of a local log that nobody has open: each keeps its position, and has no payload and no id any more. A file is
/// rewritten whole or not at all.
/// </summary>
public static class RawLogPurge
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>
    /// Moves all that the journal holds to the files, and takes the journal away: it keeps copies of records. The next
    /// server begins another.
    /// </summary>
    /// <param name="options">The log's folder, in which a log is.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The log cannot be written, or another process has it open.</exception>
    public static async Task SettleAsync(LocalRawStreamOptions options, TimeProvider time)
    {
        // Opening it copies what the journal holds, and cuts off torn tails.
        await LocalRawStream.Open(options, time, NullLogger<LocalRawStream>.Instance).DisposeAsync().ConfigureAwait(false);
        foreach (var journal in new[] { "journal-0", "journal-1" }) File.Delete(Path.Combine(options.Folder, journal));
        FolderSync.Flush(Path.GetFullPath(options.Folder));
    }

    /// <summary>Rewrites a file without the payloads of some records.</summary>
    /// <param name="folder">The log's folder.</param>
    /// <param name="file">The file.</param>
    /// <param name="isPurged">Which records.</param>
    /// <returns>How many records it was.</returns>
    /// <exception cref="IOException">The file cannot be read or written; it is then as it was.</exception>
    public static int Rewrite(string folder, RawLogFile file, Func<RawRecord, bool> isPurged)
    {
        var purged = file.Read(0).Where(record => !record.Payload.IsEmpty && isPurged(record)).Select(record => record.Position).ToHashSet();
        if (purged.Count == 0) return 0;
        var partition = Path.Combine(folder, file.Partition.ToString("D3", CultureInfo.InvariantCulture));
        var path = Segment.PathOf(partition, file.First);
        using (var segment = Segment.OpenAll(partition).Single(segment => segment.BasePosition == file.First))
        using (var fresh = new FileStream(path + ".new", FileMode.Create, FileAccess.Write))
        {
            Write(segment, fresh, Crc32C.Of(Encoding.ASCII.GetBytes(file.Stream)), purged);
            fresh.Flush(flushToDisk: true);
        }

        // Retention goes by these times.
        File.SetLastWriteTimeUtc(path + ".new", File.GetLastWriteTimeUtc(path));
        File.Move(path + ".new", path, overwrite: true);
        FolderSync.Flush(partition);
        return purged.Count;
    }

    // Damaged bytes go, too: nobody can say what they hold.
    private static void Write(Segment segment, FileStream fresh, uint identityCrc, HashSet<long> purged)
    {
        var scanner = new SegmentScanner(segment, identityCrc, 0, segment.Length, ChunkBytes);
        for (var step = scanner.Next(); step != ScanStep.End; step = scanner.Next())
        {
            if (step != ScanStep.Record) continue;
            var record = scanner.Take();
            var (id, payload) = purged.Contains(record.Position) ? (Guid.Empty, default) : (record.PayloadId ?? Guid.Empty, record.Payload);
            var bytes = new byte[RecordLayout.HeaderSize + payload.Length];
            RecordLayout.Write(bytes, id, payload.Span, Crc32C.Of(payload.Span));
            RecordLayout.Seal(bytes, identityCrc, record.Position);
            fresh.Write(bytes);
        }
    }
}
