using Orleans.Storage;

namespace Snowplow.Orleans.Tests.SiloLoss;

/// <summary>The shared grain states as one silo reaches them.</summary>
internal sealed class PoweredGrainStorage(IGrainStorage inner, SiloPower power) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        RunAsync(() => inner.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        RunAsync(() => inner.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        RunAsync(() => inner.ClearStateAsync(stateName, grainId, grainState));

    private Task RunAsync(Func<Task> operation) => power.RunAsync(async () =>
    {
        await operation();
        return true;
    });
}
