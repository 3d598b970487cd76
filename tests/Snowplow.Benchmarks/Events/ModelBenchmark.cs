using System.Buffers;
using BenchmarkDotNet.Attributes;
using Snowplow.Events.Enriched;
using Snowplow.Model;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Benchmarks.Events;

/// <summary>The model's share of one landed event: its grain keys, and its part in a session and a user.</summary>
[MemoryDiagnoser]
public class ModelBenchmark
{
    private readonly EventKeyReader _keys = new();
    private readonly SessionState _session = new();
    private readonly UserState _user = new();
    private EnrichedEvent[] _events = [];
    private long _position;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        using var post = new PageViewPost();
        var enriched = new ArrayBufferWriter<byte>();
        await post.Pipeline.ProcessAsync(post.Raw, enriched, new ArrayBufferWriter<byte>(), CancellationToken.None);
        var batch = EnrichedBatch.Parse(enriched.WrittenMemory);
        _events = [.. Enumerable.Range(0, batch.Count).Select(index => batch[index])];
        _session.Key = _keys.Read(_events[0]).Session!;
        _user.Key = _keys.Read(_events[0]).User!;
    }

    [Benchmark(OperationsPerInvoke = PageViewPost.Events)]
    public int Keys()
    {
        var users = 0;
        foreach (var e in _events) users += _keys.Read(e).User is null ? 0 : 1;
        return users;
    }

    [Benchmark(OperationsPerInvoke = PageViewPost.Events)]
    public ApplyOutcome Session() => _session.Apply("benchmark-000", _position, ++_position, _events, ModelRules.Default);

    [Benchmark(OperationsPerInvoke = PageViewPost.Events)]
    public ApplyOutcome User() => _user.Apply("benchmark-000", 0, ++_position, _events, ModelRules.Default);
}
