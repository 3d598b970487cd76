using System.Collections.Immutable;
using Snowplow.Model.Profiles;

namespace Snowplow.Grains.Interventions;

/// <summary>Hosts a <see cref="WebhookQueue"/>. What it answers is written; a failed write ends the activation.</summary>
public sealed class WebhookGrain : Grain, IWebhookGrain
{
    /// <summary>The name of the state in grain storage.</summary>
    public const string StateName = "webhook";

    private readonly IPersistentState<WebhookQueue> _stored;

    /// <summary>Called by the runtime.</summary>
    public WebhookGrain([PersistentState(StateName, PipelineServices.StateStorage)] IPersistentState<WebhookQueue> stored) => _stored = stored;

    /// <inheritdoc/>
    public async Task<bool> Enqueue(ImmutableArray<Intervention> interventions)
    {
        if (!_stored.State.HasRoom) return false;
        if (_stored.State.Add(interventions)) await WriteAsync();
        return true;
    }

    /// <inheritdoc/>
    public Task<ImmutableArray<Delivery>> Due(long nowMs, int most) => Task.FromResult(_stored.State.Due(nowMs, most));

    /// <inheritdoc/>
    public Task Settle(ImmutableArray<DeliveryOutcome> outcomes, long nowMs)
    {
        _stored.State.Settle(outcomes, nowMs);
        return WriteAsync();
    }

    /// <inheritdoc/>
    public Task<WebhookStatus> GetStatus() => Task.FromResult(_stored.State.Status);

    private async Task WriteAsync()
    {
        try
        {
            await _stored.WriteStateAsync();
        }
        catch
        {
            // Whether the write was stored is unknown: this memory is given up.
            DeactivateOnIdle();
            throw;
        }
    }
}
