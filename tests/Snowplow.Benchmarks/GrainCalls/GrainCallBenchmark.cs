using BenchmarkDotNet.Attributes;

namespace Snowplow.Benchmarks.GrainCalls;

/// <summary>Grain calls across many grains; a time per call includes that of its caller's wait.</summary>
[MemoryDiagnoser]
public class GrainCallBenchmark : IAsyncDisposable
{
    private const int CallsPerRun = 64_000;

    private GrainCallLoad? _load;

    [Params(100, 10_000)]
    public int Grains { get; set; }

    [GlobalSetup]
    public async Task SetupAsync() => _load = await GrainCallLoad.StartAsync(Grains);

    [GlobalCleanup]
    public async Task CleanupAsync() => await _load!.DisposeAsync();

    [Benchmark(OperationsPerInvoke = CallsPerRun)]
    public Task<long> CallsAsync() => _load!.CallAsync(callers: 64, CallsPerRun / 64);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_load is not null) await _load.DisposeAsync();
    }
}
