using System.Text.Json;
using Snowplow.Storage.GrainState;

namespace Snowplow.Benchmarks.GrainState;

/// <summary>Writes the states of many grains at once, again and again, as checkpoints do.</summary>
public sealed class StateWriteLoad : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("snowplow-state-").FullName;
    private readonly SqliteGrainStorage _storage;
    private readonly (GrainId Id, GrainState<BenchmarkState> State)[] _grains;

    public StateWriteLoad(int grains, bool survivesPowerLoss)
    {
        var options = new SqliteGrainStorageOptions { Path = Path.Combine(_folder, "grains.db"), SurvivesPowerLoss = survivesPowerLoss };
        _storage = new SqliteGrainStorage(options, BenchmarkStateJson.Default.Options);
        _grains =
        [
            .. Enumerable.Range(0, grains).Select(i =>
                (GrainId.Create("user", $"duid:{i:D8}"), new GrainState<BenchmarkState>(BenchmarkState.Create(i)))),
        ];
    }

    /// <summary>Size of a state, in bytes.</summary>
    public int StateSizeBytes => JsonSerializer.SerializeToUtf8Bytes(_grains[0].State.State!, BenchmarkStateJson.Default.BenchmarkState).Length;

    /// <summary>Writes every state once.</summary>
    public Task WriteAllAsync() => Task.WhenAll(_grains.Select(grain =>
    {
        grain.State.State!.Revision++;
        return _storage.WriteStateAsync("benchmark", grain.Id, grain.State);
    }));

    /// <summary>Reads every state and returns the sum of their revisions.</summary>
    public async Task<long> ReadAllAsync()
    {
        long revisions = 0;
        foreach (var (id, _) in _grains)
        {
            var state = new GrainState<BenchmarkState>();
            await _storage.ReadStateAsync("benchmark", id, state);
            revisions += state.State!.Revision;
        }

        return revisions;
    }

    public void Dispose()
    {
        _storage.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
