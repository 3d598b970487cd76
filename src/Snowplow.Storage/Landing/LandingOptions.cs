using System.IO.Compression;

namespace Snowplow.Storage.Landing;

/// <summary>How landed data is written. Nothing here needs to stay the same between runs, or between silos.</summary>
public sealed record LandingOptions
{
    /// <summary>Files that have reached this size, in bytes, are followed by a new one. Default: 64 MiB.</summary>
    public long RollBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>How hard to compress. Default: <see cref="CompressionLevel.Fastest"/>.</summary>
    public CompressionLevel CompressionLevel { get; init; } = CompressionLevel.Fastest;

    /// <summary>Lists all that is wrong with these options; empty if nothing is.</summary>
    public IEnumerable<string> Validate()
    {
        if (RollBytes <= 0) yield return $"{nameof(RollBytes)} must be more than zero, is {RollBytes}";
        if (!Enum.IsDefined(CompressionLevel)) yield return $"{nameof(CompressionLevel)} must be one of {string.Join(", ", Enum.GetNames<CompressionLevel>())}, is {CompressionLevel}";
    }
}
