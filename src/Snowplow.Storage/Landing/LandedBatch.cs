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

    /// <summary>Its bad rows.</summary>
    public required SideLines Bad { get; init; }

    /// <summary>Its failed events.</summary>
    public required SideLines Failed { get; init; }
}
