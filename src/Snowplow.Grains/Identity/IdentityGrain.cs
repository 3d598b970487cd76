using System.Collections.Immutable;
using Snowplow.Grains.Live;
using Snowplow.Model.Identity;
using Snowplow.Model.Rules;

namespace Snowplow.Grains.Identity;

/// <summary>Hosts an <see cref="IdentityState"/>: identity, turn order and persistence; what happens is decided there.</summary>
/// <remarks>
/// It takes no events: users tell it what changes of them, once their own states are written. What a user told and a loss took
/// away he tells again, for his partition replays its range; so there is nothing that it could lack unnoticed.
/// </remarks>
public sealed class IdentityGrain : Grain, IIdentityGrain
{
    private readonly IPersistentState<IdentityState> _stored;
    private readonly ModelRules _rules;

    /// <summary>Called by the runtime.</summary>
    public IdentityGrain([PersistentState("identity", PipelineServices.StateStorage)] IPersistentState<IdentityState> stored, ModelRules rules)
    {
        _stored = stored;
        _rules = rules;
    }

    private IdentityState State => _stored.State;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        State.Key = this.GetPrimaryKeyString();
        State.Use(_rules);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<IdentityCheckpoint> Checkpoint(ImmutableArray<UserIdentitySummary> users)
    {
        State.Take(users, _rules);
        if (State.HasChanges) await WriteAsync();
        return IdentityCheckpoint.With(State.Rows(_rules));
    }

    /// <inheritdoc/>
    public Task<LiveRow?> Find() => Task.FromResult(LiveRow.Of(State.Current(_rules)));

    private async Task WriteAsync()
    {
        try
        {
            State.BeforeWrite(_rules);
            await _stored.WriteStateAsync();
            State.AfterWrite();
        }
        catch
        {
            // Whether the write was stored is unknown: this memory is given up, and its users tell it again.
            DeactivateOnIdle();
            throw;
        }
    }
}
