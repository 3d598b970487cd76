using Snowplow.Storage.Landing;

namespace Snowplow.Grains.Partition;

/// <summary>Whether a partition works on this silo: at its stop a silo of a cluster drains its own partitions alone.</summary>
/// <param name="partition">The partition.</param>
public delegate ValueTask<bool> IsPartitionHere(PartitionName partition);
