using Orleans.Storage;

namespace Snowplow.Grains.Tests.Pipeline;

/// <summary>Grain storage that, once broken, refuses everything at once.</summary>
internal sealed class BrokenStorage(IGrainStorage inner) : IGrainStorage
{
    private long _refused;

    /// <summary>Whether it is.</summary>
    public bool IsBroken { get; set; }

    /// <summary>How often it has refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Check();
        return inner.ReadStateAsync(stateName, grainId, grainState);
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Check();
        return inner.WriteStateAsync(stateName, grainId, grainState);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        Check();
        return inner.ClearStateAsync(stateName, grainId, grainState);
    }

    private void Check()
    {
        if (!IsBroken) return;
        Interlocked.Increment(ref _refused);
        throw new IOException("The storage is broken.");
    }
}
