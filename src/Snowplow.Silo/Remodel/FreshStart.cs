using Orleans.Storage;
using Snowplow.Grains.Partition;
using Snowplow.Silo.Serve;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Remodel;

/// <summary>
/// Puts a platform that stands still where modelling begins: no table, no state of a user, session or profile, each partition before its first
/// landed batch or, where none is left, where it stands. Broken off at any moment, it can be made again.
/// </summary>
internal static class FreshStart
{
    /// <summary>Makes it.</summary>
    /// <param name="platform">The platform.</param>
    /// <param name="landed">What has landed.</param>
    /// <param name="stop">Breaks it off.</param>
    public static async Task MakeAsync(StoppedPlatform platform, IReadOnlyList<LandedPartition> landed, CancellationToken stop)
    {
        if (platform.PrepareRemodel is { } prepare) await prepare(stop).ConfigureAwait(false);
        // Before anything goes, so that no server starts on what is half there.
        await platform.History.ForgetAsync(stop).ConfigureAwait(false);
        await platform.DeleteModelsAsync(stop).ConfigureAwait(false);
        var first = landed.ToDictionary(partition => partition.Partition.ToString(), partition => (long?)partition.First);
        foreach (var partition in (await platform.KeysOfAsync(PartitionGrain.StateName, stop).ConfigureAwait(false)).Union(first.Keys))
            await BeginAtAsync(platform.States, PartitionName.Parse(partition), first.GetValueOrDefault(partition)).ConfigureAwait(false);
        await platform.History.BeginAsync(stop).ConfigureAwait(false);
    }

    private static async Task BeginAtAsync(IGrainStorage states, PartitionName partition, long? first)
    {
        var (grain, stored) = (PartitionGrain.IdOf(partition), new GrainState<PartitionState>());
        await states.ReadStateAsync(PartitionGrain.StateName, grain, stored).ConfigureAwait(false);
        var from = first ?? stored.State?.UpTo ?? 0;
        stored.State = new PartitionState { From = from, UpTo = from };
        await states.WriteStateAsync(PartitionGrain.StateName, grain, stored).ConfigureAwait(false);
    }
}
