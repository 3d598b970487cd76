using System.Text;
using Microsoft.Extensions.Logging;

namespace Snowplow.Streams.Local;

/// <summary>What all partitions of a log share.</summary>
/// <param name="Options">How the log is laid out, bounded and retained.</param>
/// <param name="Manifest">The log's identity and number of partitions.</param>
/// <param name="Time">The clock, for the age of segments.</param>
/// <param name="Log">Where damage, failures and recoveries are told.</param>
internal sealed record LogContext(LocalRawStreamOptions Options, LogManifest Manifest, TimeProvider Time, ILogger Log)
{
    private string? _problem;

    /// <summary>The seed of header checksums.</summary>
    public uint IdentityCrc { get; } = Crc32C.Of(Encoding.ASCII.GetBytes(Manifest.Identity));

    /// <summary>A partition's share of the released bytes that are kept.</summary>
    public long RetainedBytesPerPartition => Options.RetainedSizeBytes / Manifest.Partitions;

    /// <summary>Null while appends succeed; otherwise what is wrong.</summary>
    public string? Problem
    {
        get => Volatile.Read(ref _problem);
        set => Volatile.Write(ref _problem, value);
    }

    /// <summary>Bytes that may wait for the disk.</summary>
    public ByteBudget InFlight { get; } = new(Options.MaxInFlightBytes);
}
