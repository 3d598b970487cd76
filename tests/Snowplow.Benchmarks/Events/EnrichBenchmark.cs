using System.Buffers;
using BenchmarkDotNet.Attributes;

namespace Snowplow.Benchmarks.Events;

/// <summary>Enrichment of one event of a POST of ten: decode, adapt, validate, enrich, write the line.</summary>
[MemoryDiagnoser]
public class EnrichBenchmark
{
    private readonly ArrayBufferWriter<byte> _enriched = new(1 << 16);
    private readonly ArrayBufferWriter<byte> _bad = new();
    private PageViewPost _post = null!;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _post = new PageViewPost();
        // The first call loads the schemas; from then on calls complete at once.
        await _post.Pipeline.ProcessAsync(_post.Raw, _enriched, _bad, CancellationToken.None);
    }

    [GlobalCleanup]
    public void CleanUp() => _post.Dispose();

    [Benchmark(OperationsPerInvoke = PageViewPost.Events)]
    public async Task<int> EnrichAsync()
    {
        _enriched.ResetWrittenCount();
        var counts = await _post.Pipeline.ProcessAsync(_post.Raw, _enriched, _bad, CancellationToken.None);
        return counts.Good == PageViewPost.Events ? counts.Good : throw new InvalidOperationException("Every event is good.");
    }
}
