using Snowplow.Grains;
using Snowplow.Grains.Interventions;
using Snowplow.Grains.Partition;
using Snowplow.Silo.Serve;
using Snowplow.Storage.GrainState;
using Snowplow.Storage.Landing;
using Snowplow.Warehouse;

namespace Snowplow.Silo.Remodel;

/// <summary>
/// Puts a data folder where modelling begins: no table, no state of a user, session or profile, each partition before its first landed
/// batch or, where none is left, where it stands. Broken off at any moment, it can be made again.
/// </summary>
internal static class FreshStart
{
    /// <summary>Makes it.</summary>
    /// <param name="dataFolder">The folder, which no server has open.</param>
    /// <param name="landed">What has landed.</param>
    public static async Task MakeAsync(string dataFolder, IReadOnlyList<LandedPartition> landed)
    {
        // First, so that no server starts on what is half there.
        ModelHistory.Forget(dataFolder);
        foreach (var table in LandingPath.Tables)
        {
            var files = Path.Combine(dataFolder, table);
            if (Directory.Exists(files)) Directory.Delete(files, recursive: true);
        }

        WarehouseReset.Models(Path.Combine(dataFolder, EmbeddedWarehouse.FolderName));
        using (var states = new SqliteGrainStorage(new SqliteGrainStorageOptions { Path = Path.Combine(dataFolder, Platform.StateFile) }, StateJson.Options))
        {
            // What waits for webhooks is nothing that the models make anew.
            states.DeleteAllBut(PartitionGrain.StateName, WebhookGrain.StateName);
            var first = landed.ToDictionary(partition => partition.Partition.ToString(), partition => (long?)partition.First);
            foreach (var partition in states.KeysOf(PartitionGrain.StateName).Union(first.Keys))
                await BeginAtAsync(states, PartitionName.Parse(partition), first.GetValueOrDefault(partition)).ConfigureAwait(false);
        }

        ModelHistory.Begin(dataFolder);
    }

    private static async Task BeginAtAsync(SqliteGrainStorage states, PartitionName partition, long? first)
    {
        var (grain, stored) = (PartitionGrain.IdOf(partition), new GrainState<PartitionState>());
        await states.ReadStateAsync(PartitionGrain.StateName, grain, stored).ConfigureAwait(false);
        var from = first ?? stored.State?.UpTo ?? 0;
        stored.State = new PartitionState { From = from, UpTo = from };
        await states.WriteStateAsync(PartitionGrain.StateName, grain, stored).ConfigureAwait(false);
    }
}
