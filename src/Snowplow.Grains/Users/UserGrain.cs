using System.Collections.Immutable;
using Snowplow.Grains.Live;
using Snowplow.Model;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Grains.Users;

/// <summary>Hosts a <see cref="UserState"/>: identity, turn order and persistence; what happens is decided there.</summary>
public sealed class UserGrain : Grain, IUserGrain
{
    private readonly IPersistentState<UserState> _stored;
    private readonly ModelRules _rules;

    /// <summary>Called by the runtime.</summary>
    public UserGrain([PersistentState("user", PipelineServices.StateStorage)] IPersistentState<UserState> stored, ModelRules rules)
    {
        _stored = stored;
        _rules = rules;
    }

    private UserState State => _stored.State;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        State.Key = this.GetPrimaryKeyString();
        State.Use(_rules);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ApplyOutcome> Apply(string partition, long after, long upTo, LandedEvents events) =>
        Task.FromResult(State.Apply(partition, after, upTo, events, _rules));

    /// <inheritdoc/>
    public async Task<UserCheckpoint> Checkpoint(string partition, long finished, long upTo, ImmutableArray<SessionSummary> sessions)
    {
        if (!State.HasApplied(partition, upTo)) return UserCheckpoint.Behind;
        State.TakeSessions(sessions);
        if (State.HasChanges) await WriteAsync();
        return UserCheckpoint.With(State.Rows(partition, finished));
    }

    /// <inheritdoc/>
    public Task<LiveRow?> Find() => Task.FromResult(LiveRow.Of(State.Current()));

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        State.HasChanges ? WriteAsync() : Task.CompletedTask;

    private async Task WriteAsync()
    {
        try
        {
            State.BeforeWrite();
            await _stored.WriteStateAsync();
            State.AfterWrite();
        }
        catch
        {
            // Whether the write was stored is unknown: this memory is given up, and what it lacks is replayed.
            DeactivateOnIdle();
            throw;
        }
    }
}
