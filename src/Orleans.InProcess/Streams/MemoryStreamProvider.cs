using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Streams;

/// <summary>Streams in memory: who subscribes receives what is written from then on.</summary>
internal sealed class MemoryStreamProvider(string name, EngineLog log) : IStreamProvider
{
    private readonly ConcurrentDictionary<(StreamId Id, Type Item), IAsyncStream> _streams = new();

    public string Name => name;

    public bool IsRewindable => false;

    public EngineLog Log => log;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) =>
        (IAsyncStream<T>)_streams.GetOrAdd(
            (streamId, typeof(T)), static (key, provider) => new MemoryStream<T>(provider, key.Id), this);
}
