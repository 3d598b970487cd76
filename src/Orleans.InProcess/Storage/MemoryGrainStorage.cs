using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Grain storage in memory, for tests. States are kept as JSON, so that no activation sees another's objects.</summary>
/// <remarks>Every operation may be overtaken before and after it takes effect, as one that goes to a disk or a network may.</remarks>
/// <param name="options">How states become JSON.</param>
public sealed class MemoryGrainStorage(JsonSerializerOptions options) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string StateName, GrainId GrainId), (byte[] Json, string ETag)> _states = new();
    private long _writes;

    /// <summary>How many states are stored.</summary>
    public int Count => _states.Count;

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        await Task.Yield();
        if (_states.TryGetValue((stateName, grainId), out var stored))
        {
            grainState.State = JsonSerializer.Deserialize<T>(stored.Json, options);
            grainState.ETag = stored.ETag;
            grainState.RecordExists = true;
        }
        else
        {
            SetToNone(grainState);
        }

        await Task.Yield();
    }

    /// <inheritdoc/>
    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var json = JsonSerializer.SerializeToUtf8Bytes(grainState.State, options);
        var etag = grainState.ETag;
        await Task.Yield();
        var next = Interlocked.Increment(ref _writes).ToString(CultureInfo.InvariantCulture);
        var key = (stateName, grainId);
        var isWritten = etag is null
            ? _states.TryAdd(key, (json, next))
            : _states.TryGetValue(key, out var stored) && stored.ETag == etag && _states.TryUpdate(key, (json, next), stored);
        if (!isWritten) throw Conflict("write", stateName, grainId, etag);
        await Task.Yield();
        grainState.ETag = next;
        grainState.RecordExists = true;
    }

    /// <inheritdoc/>
    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var etag = grainState.ETag;
        await Task.Yield();
        var key = (stateName, grainId);
        var exists = _states.TryGetValue(key, out var stored);
        if (exists ? stored.ETag != etag || !_states.TryRemove(KeyValuePair.Create(key, stored)) : etag is not null)
            throw Conflict("clear", stateName, grainId, etag);
        await Task.Yield();
        SetToNone(grainState);
    }

    private static void SetToNone<T>(IGrainState<T> grainState)
    {
        grainState.State = GrainStateFactory.Create<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private InconsistentStateException Conflict(string operation, string stateName, GrainId grainId, string? etag) => new(
        $"Another version of state {stateName} of grain {grainId} is stored: the {operation} was refused.",
        _states.TryGetValue((stateName, grainId), out var stored) ? stored.ETag : null,
        etag);
}
