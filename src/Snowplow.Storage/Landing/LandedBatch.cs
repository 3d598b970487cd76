using Snowplow.Events.Enriched;

namespace Snowplow.Storage.Landing;

/// <summary>A committed batch, as it is in the partition's files for ever.</summary>
public sealed record LandedBatch
{
    /// <summary>The partition.</summary>
    public required PartitionName Partition { get; init; }

    /// <summary>The first position of the batch.</summary>
    public required long From { get; init; }

    /// <summary>The first position behind the batch.</summary>
    public required long UpTo { get; init; }

    /// <summary>The collector hour, UTC, of the raw record at <see cref="From"/>.</summary>
    public required DateTimeOffset CollectorHour { get; init; }

    /// <summary>The enriched events, in order.</summary>
    public required EnrichedBatch Events { get; init; }

    /// <summary>The number of enriched events.</summary>
    public required int GoodCount { get; init; }

    /// <summary>The number of bad rows.</summary>
    public required int BadCount { get; init; }

    /// <summary>The file that the partition's bad rows went to when the batch was committed; null where there had been none yet.</summary>
    public required string? BadFile { get; init; }

    /// <summary>The committed length of <see cref="BadFile"/>, in bytes; what lies beyond it does not count unless a later batch says so.</summary>
    public required long BadLength { get; init; }

    /// <summary>How many of those bytes, at their end, hold this batch's bad rows: one gzip member, or 0 for none.</summary>
    public required int BadMemberLength { get; init; }
}
