using Orleans.Storage;
using Snowplow.Grains.Interventions;
using Snowplow.Grains.Partition;

namespace Snowplow.Azure.GrainState;

/// <summary>Grain storage in two parts: what outlasts a remodel, which are partitions and the queues of webhooks, and what models make.</summary>
/// <param name="kept">What outlasts it.</param>
/// <param name="models">What models make.</param>
internal sealed class DividedStorage(IGrainStorage kept, IGrainStorage models) : IGrainStorage
{
    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Of(stateName).ReadStateAsync(stateName, grainId, grainState);

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Of(stateName).WriteStateAsync(stateName, grainId, grainState);

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Of(stateName).ClearStateAsync(stateName, grainId, grainState);

    /// <summary>Whether states of a name outlast a remodel.</summary>
    public static bool IsKept(string stateName) => stateName is PartitionGrain.StateName or WebhookGrain.StateName;

    private IGrainStorage Of(string stateName) => IsKept(stateName) ? kept : models;
}
