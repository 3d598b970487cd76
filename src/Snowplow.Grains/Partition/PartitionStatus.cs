namespace Snowplow.Grains.Partition;

/// <summary>Where a partition stands. Positions count raw records from 0.</summary>
/// <param name="Partition">The partition's name.</param>
/// <param name="FinishedUpTo">Everything before is in files, states and rows.</param>
/// <param name="LandedUpTo">Everything before is in the enriched and bad files.</param>
/// <param name="RawEnd">The raw stream's end when it was last looked at.</param>
/// <param name="Problem">Null while it works; otherwise what it is retrying.</param>
[GenerateSerializer]
[Immutable]
[Alias("Snowplow.PartitionStatus")]
public sealed record PartitionStatus(
    [property: Id(0)] string Partition,
    [property: Id(1)] long FinishedUpTo,
    [property: Id(2)] long LandedUpTo,
    [property: Id(3)] long RawEnd,
    [property: Id(4)] string? Problem);
