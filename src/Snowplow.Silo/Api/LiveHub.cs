using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Snowplow.Grains.Live;
using Snowplow.Grains.Sessions;
using Snowplow.Grains.Users;

namespace Snowplow.Silo.Api;

/// <summary>
/// Hands the live feed to everyone who watches: the batches as they land and, for their newest sessions and users, the
/// live state. Who begins to watch gets what was shown last. Nobody who watches slows anything down: who does not keep up misses messages.
/// </summary>
internal sealed class LiveHub(IClusterClient client, LiveStats stats, TimeProvider clock, ILogger<LiveHub> logger) : BackgroundService
{
    /// <summary>Messages that wait for one watcher at most; beyond it the oldest go.</summary>
    private const int MostWaiting = 256;

    /// <summary>Sessions, and users, that are shown each time.</summary>
    private const int MostStates = 12;

    private static readonly TimeSpan StateInterval = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentDictionary<Channel<byte[]>, bool> _watchers = new();
    private readonly Lock _turn = new();
    private readonly RecentFeed _recent = new();
    private readonly RecentKeys _sessions = new(MostStates);
    private readonly RecentKeys _users = new(MostStates);

    /// <summary>Begins to watch; the channel gets each message as the bytes of one server-sent event.</summary>
    public Channel<byte[]> Watch()
    {
        var channel = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
        // In turn with batches, so that the new watcher neither misses one nor gets it twice.
        lock (_turn)
        {
            if (_recent.Message() is { } recent)
                channel.Writer.TryWrite(ServerSentEvent("recent", JsonSerializer.SerializeToUtf8Bytes(recent, LiveJson.Default.LiveRecentMessage)));
            _watchers.TryAdd(channel, true);
        }

        _sessions.Renew();
        _users.Renew();
        return channel;
    }

    /// <summary>Ends watching.</summary>
    public void Leave(Channel<byte[]> channel) => _watchers.TryRemove(channel, out _);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var feed = client.GetStreamProvider(LiveFeed.ProviderName);
        return Task.WhenAll(
            feed.GetStream<LiveBatch>(LiveFeed.Batches).FollowAsync(Show, clock, logger, stoppingToken),
            feed.GetStream<LiveForgotten>(LiveFeed.Forgotten).FollowAsync(Forget, clock, logger, stoppingToken),
            Repeat(TimeSpan.FromSeconds(1), ShowStats, stoppingToken),
            Repeat(StateInterval, ShowStates, stoppingToken));
    }

    private Task Show(LiveBatch batch)
    {
        lock (_turn)
        {
            _recent.Add(batch);
            if (!_watchers.IsEmpty)
                Send("batch", LiveBatchMessage.Of(batch), LiveJson.Default.LiveBatchMessage);
        }

        foreach (var e in batch.Events)
        {
            _sessions.Add(e.Session);
            _users.Add(e.User);
        }

        return Task.CompletedTask;
    }

    // For those who begin to watch.
    private Task Forget(LiveForgotten people)
    {
        lock (_turn) _recent.Forget(people.Keys.ToHashSet());
        return Task.CompletedTask;
    }

    private Task ShowStats()
    {
        Send("stats", stats.Next(), LiveJson.Default.LiveStatsMessage);
        return Task.CompletedTask;
    }

    private async Task ShowStates()
    {
        // The keys stay due until someone watches.
        if (_watchers.IsEmpty)
            return;
        foreach (var key in _sessions.Take())
        {
            if (await client.GetGrain<ISessionGrain>(key).FindLatest() is { } row)
                Send("session", row.Utf8);
        }

        foreach (var key in _users.Take())
        {
            if (await client.GetGrain<IUserGrain>(key).Find() is { } row)
                Send("user", row.Utf8);
        }
    }

    private async Task Repeat(TimeSpan interval, Func<Task> show, CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await Try(show);
        }
        catch (OperationCanceledException)
        {
            // The host stops; there is nothing to finish.
        }
    }

    private async Task Try(Func<Task> show)
    {
        try
        {
            await show();
        }
        catch (Exception failure)
        {
            logger.LogWarning(failure, "The live feed could not show something; it goes on");
        }
    }

    private void Send<T>(string name, T message, JsonTypeInfo<T> json)
    {
        if (!_watchers.IsEmpty)
            Send(name, JsonSerializer.SerializeToUtf8Bytes(message, json));
    }

    private void Send(string name, byte[] json)
    {
        var bytes = ServerSentEvent(name, json);
        foreach (var (channel, _) in _watchers)
            channel.Writer.TryWrite(bytes);
    }

    private static byte[] ServerSentEvent(string name, byte[] json) =>
        [.. "event: "u8, .. System.Text.Encoding.ASCII.GetBytes(name), .. "\ndata: "u8, .. json, .. "\n\n"u8];
}
