using System.Globalization;
using System.Text.Json;
using Orleans.Storage;

namespace Snowplow.Grains.Tests.Simulation;

/// <summary>Grain storage in memory that survives every simulated crash; states are kept as JSON, so that no memory is shared.</summary>
internal sealed class SimulatedGrainStorage(JsonSerializerOptions json, Random random, SimulationFaults faults) : IGrainStorage
{
    private readonly Dictionary<(string, GrainId), (int Version, byte[] Json)> _states = [];

    private double _lostAnswer = faults.LostAnswer;

    public int LostWrites { get; private set; }

    public void StopFailing() => _lostAnswer = 0;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        if (_states.TryGetValue((stateName, grainId), out var stored))
        {
            grainState.State = JsonSerializer.Deserialize<T>(stored.Json, json)!;
            grainState.ETag = stored.Version.ToString(CultureInfo.InvariantCulture);
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = Activator.CreateInstance<T>();
            grainState.ETag = null;
            grainState.RecordExists = false;
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Yield();
        var stored = _states.GetValueOrDefault((stateName, grainId));
        var expected = grainState.ETag is { } etag ? int.Parse(etag, CultureInfo.InvariantCulture) : 0;
        if (stored.Version != expected && !faults.IgnoresETags)
        {
            LostWrites++;
            throw new InconsistentStateException($"The state of {grainId} has version {stored.Version}, not {expected}.");
        }

        _states[(stateName, grainId)] = (stored.Version + 1, JsonSerializer.SerializeToUtf8Bytes(grainState.State, json));
        await Task.Yield();
        // The write is stored, but its answer does not arrive.
        if (random.NextDouble() < _lostAnswer) throw new IOException($"Simulated loss of the answer to a write of {grainId}.");
        grainState.ETag = (stored.Version + 1).ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("No grain clears its state.");
}
