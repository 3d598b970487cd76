using BenchmarkDotNet.Attributes;

namespace Snowplow.Benchmarks.GrainState;

/// <summary>One checkpoint: every grain's state, written at once.</summary>
[MemoryDiagnoser]
public class StateWriteBenchmark : IDisposable
{
    private StateWriteLoad? _load;

    [Params(100, 10_000)]
    public int Grains { get; set; }

    [Params(true, false)]
    public bool SurvivesPowerLoss { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        _load = new StateWriteLoad(Grains, SurvivesPowerLoss);
        await _load.WriteAllAsync();
    }

    [GlobalCleanup]
    public void Cleanup() => _load!.Dispose();

    [Benchmark]
    public Task WriteAllAsync() => _load!.WriteAllAsync();

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        _load?.Dispose();
    }
}
