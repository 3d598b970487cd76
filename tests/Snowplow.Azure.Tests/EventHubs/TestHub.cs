using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Azure.Core;
using Microsoft.Extensions.Logging;
using Snowplow.Azure.EventHubs;
using Snowplow.Azure.Tests.EventHubs.Broker;

namespace Snowplow.Azure.Tests.EventHubs;

/// <summary>A broker, streams on its hub, and what tests do with them.</summary>
internal sealed class TestHub(int partitions) : IAsyncDisposable
{
    private readonly ConcurrentBag<EventHubsRawStream> _streams = [];
    private readonly CancellationTokenSource _timeout = new(TimeSpan.FromMinutes(2));

    public HubBroker Broker { get; } = new(partitions);

    public BrokerPartition Partition => Broker.Hub.Partitions[0];

    public RecordedLog Log { get; } = new();

    /// <summary>Ends waits that would last for ever.</summary>
    public CancellationToken Timeout => _timeout.Token;

    /// <summary>Opens a stream as another process would.</summary>
    public async Task<EventHubsRawStream> OpenAsync()
    {
        var stream = await EventHubsRawStream.OpenAsync(Broker.Options, new NoCredential(), TimeProvider.System, Log, Timeout);
        _streams.Add(stream);
        return stream;
    }

    /// <summary>Puts events into the first partition as another producer would.</summary>
    public void Put(params string[] texts) => Partition.Append([.. texts.Select(text => new StoredEvent(Encoding.UTF8.GetBytes(text), null, new Dictionary<string, object>()))]);

    public Task AppendAsync(EventHubsRawStream stream, string text) => AppendAsync(stream, Guid.NewGuid(), text);

    public Task AppendAsync(EventHubsRawStream stream, Guid id, string text) => stream.AppendAsync(0, id, Encoding.UTF8.GetBytes(text), CancellationToken.None).AsTask().WaitAsync(Timeout);

    public async Task<List<(long Position, string Text)>> ReadAsync(EventHubsRawStream stream, long position, int maxBytes = 1 << 20) =>
        [.. (await stream.ReadAsync(0, position, maxBytes, Timeout)).Select(record => (record.Position, Encoding.UTF8.GetString(record.Payload.Span)))];

    /// <summary>The texts of the events that the first partition holds.</summary>
    public IEnumerable<string> Stored() => Partition.Events.Select(stored => Encoding.UTF8.GetString(stored.Body));

    public async Task UntilAsync(Func<bool> condition, string what)
    {
        for (var patience = Stopwatch.StartNew(); !condition(); await Task.Delay(10, Timeout))
            if (patience.Elapsed > TimeSpan.FromMinutes(1)) throw new TimeoutException($"it did not happen: {what}");
    }

    public async ValueTask DisposeAsync()
    {
        Broker.Fate = _ => TransferFate.Accept;
        Broker.Release();
        foreach (var stream in _streams) await stream.DisposeAsync();
        await Broker.DisposeAsync();
        _timeout.Dispose();
    }

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

/// <summary>A log whose lines a test can look at.</summary>
internal sealed class RecordedLog : ILogger<EventHubsRawStream>
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((level, formatter(state, exception)));
}
