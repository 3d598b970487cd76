using System.Collections.Immutable;
using Orleans.Concurrency;
using Snowplow.Model.Profiles;

namespace Snowplow.Grains.Interventions;

/// <summary>
/// The interventions on their way to one webhook, durable from <see cref="Enqueue"/> until <see cref="Settle"/>: each is delivered at
/// least once or written to the dead letters. The key is the webhook's name.
/// </summary>
[Alias("Snowplow.IWebhookGrain")]
public interface IWebhookGrain : IGrainWithStringKey
{
    /// <summary>Adds interventions; those that wait already are left out. Completes when they are written.</summary>
    /// <returns>False where it has no room: they are to be told again once some of the dead letters are written.</returns>
    [Alias("Enqueue")]
    Task<bool> Enqueue(ImmutableArray<Intervention> interventions);

    /// <summary>What is to be delivered now, the oldest first; what is not settled is given again.</summary>
    /// <param name="nowMs">The time, in milliseconds since 1970.</param>
    /// <param name="most">How many at most.</param>
    [Alias("Due")]
    [ReadOnly]
    Task<ImmutableArray<Delivery>> Due(long nowMs, int most);

    /// <summary>Takes note of what came of deliveries. Completes when it is written.</summary>
    /// <param name="outcomes">What came of them.</param>
    /// <param name="nowMs">The time, in milliseconds since 1970.</param>
    [Alias("Settle")]
    Task Settle(ImmutableArray<DeliveryOutcome> outcomes, long nowMs);

    /// <summary>Where the webhook stands.</summary>
    [Alias("GetStatus")]
    [ReadOnly]
    Task<WebhookStatus> GetStatus();
}
