using Snowplow.Grains;
using Snowplow.Grains.Partition;
using Snowplow.Silo.Serve;
using Snowplow.Storage.GrainState;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Remodel;

/// <summary>
/// Puts a data folder where modelling begins: no table, no state of a user or session, each partition before its first landed batch.
/// Broken off at any moment, it can be made again.
/// </summary>
internal static class FreshStart
{
    /// <summary>Makes it.</summary>
    /// <param name="dataFolder">The folder, which no server has open.</param>
    /// <param name="partitions">What has landed.</param>
    public static async Task MakeAsync(string dataFolder, IReadOnlyList<LandedPartition> partitions)
    {
        // First, so that no server starts on what is half there.
        ModelHistory.Forget(dataFolder);
        foreach (var table in LandingPath.Tables)
        {
            var files = Path.Combine(dataFolder, table);
            if (Directory.Exists(files)) Directory.Delete(files, recursive: true);
        }

        var state = Path.Combine(dataFolder, Platform.StateFile);
        foreach (var file in (string[])[state, state + "-wal", state + "-shm"]) File.Delete(file);
        using (var states = new SqliteGrainStorage(new SqliteGrainStorageOptions { Path = state }, StateJson.Options))
        {
            foreach (var partition in partitions)
                await states.WriteStateAsync(PartitionGrain.StateName, PartitionGrain.IdOf(partition.Partition), Beginning(partition)).ConfigureAwait(false);
        }

        ModelHistory.Begin(dataFolder);
    }

    private static GrainState<PartitionState> Beginning(LandedPartition partition) =>
        new() { State = new PartitionState { From = partition.First, UpTo = partition.First } };
}
