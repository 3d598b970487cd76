using System.Collections.Immutable;
using Snowplow.Grains.Interventions;
using Snowplow.Model.Profiles;

namespace Snowplow.Grains.Tests.Simulation;

/// <summary>Takes a webhook's interventions as the sender does, some of them only after failures, and with answers that are lost.</summary>
internal sealed class SimulatedWebhook(Random random, SimulationFaults faults)
{
    /// <summary>The webhook's name.</summary>
    public const string Name = "crm";

    private readonly List<Intervention> _taken = [];

    /// <summary>What was delivered, as often as it was.</summary>
    public IReadOnlyList<Intervention> Taken => _taken;

    /// <summary>Delivers what is due, once.</summary>
    public async Task ServeAsync(IGrainFactory grains, DateTimeOffset now)
    {
        var grain = grains.GetGrain<IWebhookGrain>(Name);
        await SettleAsync(grain, await grain.Due(now.ToUnixTimeMilliseconds(), 4), now, random.Next(3) == 0 ? "busy" : null);
    }

    /// <summary>Delivers all that waits.</summary>
    public async Task TakeAllAsync(IGrainFactory grains)
    {
        var grain = grains.GetGrain<IWebhookGrain>(Name);
        while (await grain.Due(long.MaxValue, 4) is { IsEmpty: false } due) await SettleAsync(grain, due, DateTimeOffset.UnixEpoch, null);
    }

    private async Task SettleAsync(IWebhookGrain grain, ImmutableArray<Delivery> due, DateTimeOffset now, string? fault)
    {
        if (due.IsEmpty) return;
        if (fault is null) _taken.AddRange(due.Select(delivery => delivery.Intervention));
        if (fault is null && faults.TornAppend > 0 && random.Next(10) == 0) return;
        await grain.Settle([.. due.Select(delivery => new DeliveryOutcome(delivery.Intervention.Id, fault, false))], now.ToUnixTimeMilliseconds());
    }
}
