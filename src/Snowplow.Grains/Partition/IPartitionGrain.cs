using Orleans.Concurrency;

namespace Snowplow.Grains.Partition;

/// <summary>
/// Lands one partition of the raw stream and sends what has landed to the user, session and profile grains. The key is the
/// partition's name (<see cref="Snowplow.Storage.Landing.PartitionName"/>). It works by itself from activation on.
/// </summary>
[Alias("Snowplow.IPartitionGrain")]
public interface IPartitionGrain : IGrainWithStringKey
{
    /// <summary>Where the partition stands; activates it where it is not active.</summary>
    [Alias("GetStatus")]
    [AlwaysInterleave]
    Task<PartitionStatus> GetStatus();

    /// <summary>Lands what the raw stream holds, checkpoints, and ends the activation. Completes when that is done.</summary>
    [Alias("Drain")]
    [AlwaysInterleave]
    Task Drain();
}
