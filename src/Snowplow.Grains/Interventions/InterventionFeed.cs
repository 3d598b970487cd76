using System.Collections.Immutable;
using Orleans.Storage;
using Orleans.Streams;
using Snowplow.Grains.Live;
using Snowplow.Grains.Partition;
using Snowplow.Model.Profiles;

namespace Snowplow.Grains.Interventions;

/// <summary>
/// Tells a range's interventions, all of which are in written states: durably to the webhooks before the range is finished, so that a
/// crash makes them be told again and never lost, and then to who watches.
/// </summary>
internal sealed class InterventionFeed(IGrainFactory grains, PipelineServices services, IStreamProvider live)
{
    /// <summary>What is older is history: a remodel or a server that was away for days must not tell of it.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromDays(1);

    // Few enough for a state that has room to hold them.
    private const int ToldAtOnce = 100;

    private static readonly TimeSpan UntilRoom = TimeSpan.FromMilliseconds(200);

    private readonly IAsyncStream<LiveInterventions> _stream = live.GetStream<LiveInterventions>(LiveFeed.Interventions);
    private Task _shown = Task.CompletedTask;

    /// <summary>Completes when the webhooks have them; where one has no room, it waits.</summary>
    /// <param name="interventions">What is told, in order.</param>
    /// <param name="end">Ends the wait for room.</param>
    /// <exception cref="GrainBehindException">A webhook's grain lost its ETag to another activation: the range is tried again.</exception>
    public async Task TellAsync(IReadOnlyList<Intervention> interventions, CancellationToken end)
    {
        var oldest = services.Time.GetUtcNow() - MaxAge;
        var recent = interventions.Where(intervention => intervention.CollectorTstamp >= oldest).ToImmutableArray();
        foreach (var expired in interventions.Where(intervention => intervention.CollectorTstamp < oldest)) InterventionMetrics.HasLeftOut(expired.Name);
        if (recent.IsEmpty) return;

        foreach (var route in services.Webhooks)
        {
            foreach (var some in recent.Where(route.Takes).Chunk(ToldAtOnce)) await EnqueueAsync(route.Webhook, [.. some], end);
        }

        foreach (var intervention in recent) InterventionMetrics.HasTold(intervention.Name);
        // In their order, and nobody waits for those who watch.
        _shown = ShowAsync(_shown, new LiveInterventions(recent));
    }

    private async Task EnqueueAsync(string webhook, ImmutableArray<Intervention> interventions, CancellationToken end)
    {
        try
        {
            while (!await grains.GetGrain<IWebhookGrain>(webhook).Enqueue(interventions))
            {
                end.ThrowIfCancellationRequested();
                await Task.Delay(UntilRoom, services.Time, CancellationToken.None);
            }
        }
        catch (InconsistentStateException)
        {
            throw new GrainBehindException(webhook);
        }
    }

    private async Task ShowAsync(Task before, LiveInterventions interventions)
    {
        await before;
        try
        {
            await _stream.OnNextAsync(interventions);
        }
        catch (Exception)
        {
            InterventionMetrics.NotShown();
        }
    }
}
