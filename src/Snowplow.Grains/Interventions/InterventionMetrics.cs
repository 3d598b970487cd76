using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Snowplow.Grains.Interventions;

/// <summary>What is counted of interventions and webhooks.</summary>
public static class InterventionMetrics
{
    private static readonly Meter Meter = new("Snowplow.Interventions");
    private static readonly ConcurrentDictionary<string, WebhookStatus> Statuses = new();

    private static readonly Counter<long> Told = Meter.CreateCounter<long>("snowplow.interventions.told", "{intervention}", "Interventions told to subscribers; again where a range was replayed.");
    private static readonly Counter<long> Expired = Meter.CreateCounter<long>("snowplow.interventions.expired", "{intervention}", "Interventions not told, since their event is older than a day.");
    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>("snowplow.webhooks.delivered", "{request}", "Interventions that a webhook has taken.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("snowplow.webhooks.failures", "{request}", "Attempts that failed; most are tried again.");
    private static readonly Counter<long> DeadLetters = Meter.CreateCounter<long>("snowplow.webhooks.dead", "{intervention}", "Interventions written to the dead letters: alarm on any.");

    private static readonly Counter<long> Hidden = Meter.CreateCounter<long>("snowplow.interventions.live_failures", "{batch}", "Batches of interventions that could not be shown to those who watch.");

    static InterventionMetrics() => Meter.CreateObservableGauge(
        "snowplow.webhooks.waiting",
        () => Statuses.Select(status => new Measurement<long>(status.Value.Waiting, new KeyValuePair<string, object?>("webhook", status.Key))),
        "{intervention}",
        "Interventions that are not delivered yet.");

    /// <summary>Counts what a webhook took, what failed, and what went to the dead letters.</summary>
    public static void Settled(string webhook, IEnumerable<DeliveryOutcome> outcomes)
    {
        var tag = new KeyValuePair<string, object?>("webhook", webhook);
        foreach (var outcome in outcomes) (outcome.Fault is not null ? Failures : outcome.IsDead ? DeadLetters : Attempts).Add(1, tag);
    }

    /// <summary>Notes where a webhook stands.</summary>
    public static void SetStatus(string webhook, WebhookStatus status) => Statuses[webhook] = status;

    internal static void HasTold(string intervention) => Told.Add(1, new KeyValuePair<string, object?>("intervention", intervention));

    internal static void HasLeftOut(string intervention) => Expired.Add(1, new KeyValuePair<string, object?>("intervention", intervention));

    internal static void NotShown() => Hidden.Add(1);
}
