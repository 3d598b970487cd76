using System.Collections.Concurrent;
using System.Text;
using System.Threading.Channels;
using Snowplow.Grains.Live;
using Snowplow.Model.Profiles;
using Snowplow.Model.Rules;

namespace Snowplow.Silo.Api;

/// <summary>
/// Hands interventions to everyone who watches, all of them or a profile's. They come once their states are written, and again where
/// a range was replayed. Who does not keep up misses the oldest.
/// </summary>
internal sealed class InterventionHub(IClusterClient client, ModelRules rules, TimeProvider clock, ILogger<InterventionHub> logger) : BackgroundService
{
    /// <summary>Messages that wait for one watcher at most.</summary>
    private const int MostWaiting = 256;

    private readonly ConcurrentDictionary<Channel<byte[]>, Func<Intervention, bool>> _watchers = new();

    /// <summary>Begins to watch; the channel gets each intervention as the bytes of one server-sent event.</summary>
    public Channel<byte[]> Watch(Func<Intervention, bool> wants)
    {
        var channel = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropOldest });
        _watchers.TryAdd(channel, wants);
        return channel;
    }

    /// <summary>Ends watching.</summary>
    public void Leave(Channel<byte[]> channel) => _watchers.TryRemove(channel, out _);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => rules.Profiles.Interventions.IsEmpty
        ? Task.CompletedTask
        : client.GetStreamProvider(LiveFeed.ProviderName).GetStream<LiveInterventions>(LiveFeed.Interventions).FollowAsync(Show, clock, logger, stoppingToken);

    private Task Show(LiveInterventions told)
    {
        foreach (var intervention in told.Interventions)
        {
            var message = Encoding.UTF8.GetBytes($"id: {intervention.Id}\nevent: intervention\ndata: {intervention.Json}\n\n");
            foreach (var (channel, wants) in _watchers)
            {
                if (wants(intervention)) channel.Writer.TryWrite(message);
            }
        }

        return Task.CompletedTask;
    }
}
