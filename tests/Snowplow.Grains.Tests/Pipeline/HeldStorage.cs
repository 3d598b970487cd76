using Orleans.Storage;

namespace Snowplow.Grains.Tests.Pipeline;

/// <summary>Grain storage that holds back all writes of one state's name until it is let go.</summary>
internal sealed class HeldStorage(IGrainStorage inner, string held) : IGrainStorage
{
    private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    /// <summary>How many writes wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public void LetGo() => _letGo.TrySetResult();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (stateName == held)
        {
            Interlocked.Increment(ref _waiting);
            await _letGo.Task;
        }

        await inner.WriteStateAsync(stateName, grainId, grainState);
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);
}
