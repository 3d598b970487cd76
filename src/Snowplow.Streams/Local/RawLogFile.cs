using System.Globalization;
using System.Text;

namespace Snowplow.Streams.Local;

/// <summary>
/// One file of a local log, for tools: it is read without the log's lock, beside a server that writes it, and never changed. What
/// is unfinished at its end, or damaged, is passed over.
/// </summary>
public sealed class RawLogFile
{
    private const int ChunkBytes = 1 << 20;

    private readonly string _folder;
    private readonly uint _identityCrc;

    private RawLogFile(string folder, LogManifest manifest, int partition, Segment segment)
    {
        _folder = folder;
        _identityCrc = Crc32C.Of(Encoding.ASCII.GetBytes(manifest.Identity));
        Partition = partition;
        Stream = manifest.Identity;
        First = segment.BasePosition;
        SizeBytes = segment.Length;
    }

    /// <summary>The log's identity.</summary>
    public string Stream { get; }

    /// <summary>The partition's number.</summary>
    public int Partition { get; }

    /// <summary>No record of the file has a position before this one.</summary>
    public long First { get; }

    /// <summary>The file's size when the log was looked at.</summary>
    public long SizeBytes { get; }

    /// <summary>The files of a log, by partition and position.</summary>
    /// <param name="folder">The log's folder.</param>
    /// <exception cref="InvalidDataException">It holds no log, or its manifest cannot be read.</exception>
    public static IReadOnlyList<RawLogFile> All(string folder)
    {
        if (!LogManifest.Exists(folder)) throw new InvalidDataException($"{folder} holds no raw log: there is no manifest in it");
        var manifest = LogManifest.ReadOrCreate(folder, partitions: null);
        var files = new List<RawLogFile>();
        for (var p = 0; p < manifest.Partitions; p++)
        {
            var partition = Path.Combine(folder, p.ToString("D3", CultureInfo.InvariantCulture));
            if (Directory.Exists(partition)) files.AddRange(Segment.OpenAll(partition).Select(segment => new RawLogFile(partition, manifest, p, segment)));
        }

        return files;
    }

    /// <summary>The file's records from a position on, in order.</summary>
    /// <exception cref="IOException">The file cannot be read, or retention has deleted it.</exception>
    public IEnumerable<RawRecord> Read(long position)
    {
        var found = Segment.OpenAll(_folder).FirstOrDefault(segment => segment.BasePosition == First)
            ?? throw new FileNotFoundException($"The file of position {First} in {_folder} is gone: retention has deleted it.");
        using var segment = found;
        var scanner = new SegmentScanner(segment, _identityCrc, 0, segment.Length, ChunkBytes);
        for (var step = scanner.Next(); step != ScanStep.End; step = scanner.Next())
        {
            if (step == ScanStep.Record && scanner.Position >= position) yield return scanner.Take();
        }
    }
}
