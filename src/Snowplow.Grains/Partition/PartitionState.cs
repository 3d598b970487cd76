namespace Snowplow.Grains.Partition;

/// <summary>
/// The range [<see cref="From"/>, <see cref="UpTo"/>) that is being finished: everything before it is. At first it is empty.
/// </summary>
public sealed class PartitionState
{
    /// <summary>c: the first position that is not certainly finished. A partition starts here.</summary>
    public long From { get; set; }

    /// <summary>e: the end of the range that is being finished.</summary>
    public long UpTo { get; set; }

    /// <summary>The enriched file that <see cref="From"/> was landed in, by which the log is found again; null where that is not known.</summary>
    public string? File { get; set; }

    /// <summary>The same of <see cref="UpTo"/>.</summary>
    public string? UpToFile { get; set; }
}
