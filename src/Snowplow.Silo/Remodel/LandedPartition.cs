using Snowplow.Silo.Serve;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Remodel;

/// <summary>What has landed of a partition.</summary>
/// <param name="Partition">The partition's name.</param>
/// <param name="First">The first position that is still in a file.</param>
/// <param name="Events">The number of enriched events.</param>
internal sealed record LandedPartition(PartitionName Partition, long First, long Events)
{
    /// <summary>Reads all partitions; their files must follow each other.</summary>
    /// <exception cref="LandingCorruptException">A file is damaged, or one is missing between others.</exception>
    /// <exception cref="StartupException">They are of several streams.</exception>
    public static async Task<IReadOnlyList<LandedPartition>> ReadAllAsync(IBlobStore blobs, CancellationToken stop)
    {
        var partitions = new Dictionary<PartitionName, LandedPartition>();
        await foreach (var batch in LandedFiles.ReadAllAsync(blobs, stop).ConfigureAwait(false))
        {
            var known = partitions.GetValueOrDefault(batch.Partition) ?? new LandedPartition(batch.Partition, batch.From, 0);
            partitions[batch.Partition] = known with { Events = known.Events + batch.GoodCount };
        }

        if (partitions.Keys.Select(partition => partition.Stream).Distinct().Skip(1).Any())
            throw new StartupException(
                "enriched/ holds events of several raw logs (the first part of the files' names), of which a server models the last alone. Move the files of the others out of enriched/ first; their users, sessions and views will be in no table any more.");
        return [.. partitions.Values];
    }
}
