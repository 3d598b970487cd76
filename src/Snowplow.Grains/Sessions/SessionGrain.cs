using Snowplow.Grains.Live;
using Snowplow.Model;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;

namespace Snowplow.Grains.Sessions;

/// <summary>Hosts a <see cref="SessionState"/>: identity, turn order and persistence; what happens is decided there.</summary>
public sealed class SessionGrain : Grain, ISessionGrain
{
    private readonly IPersistentState<SessionState> _stored;
    private readonly ModelRules _rules;

    /// <summary>Called by the runtime.</summary>
    public SessionGrain([PersistentState("session", PipelineServices.StateStorage)] IPersistentState<SessionState> stored, ModelRules rules)
    {
        _stored = stored;
        _rules = rules;
    }

    private SessionState State => _stored.State;

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
    public async Task<SessionCheckpoint> Checkpoint(string partition, long finished, long upTo)
    {
        if (!State.HasApplied(partition, upTo)) return SessionCheckpoint.Behind;
        if (State.HasChanges) await WriteAsync();
        return SessionCheckpoint.With(State.Rows(partition, finished, _rules));
    }

    /// <inheritdoc/>
    public Task<LiveRow?> Find(string sessionIdentifier) => Task.FromResult(LiveRow.Of(State.Current(sessionIdentifier, _rules)));

    /// <inheritdoc/>
    public Task<LiveRow?> FindLatest() => Task.FromResult(LiveRow.Of(State.Latest(_rules)));

    /// <inheritdoc/>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) =>
        State.HasChanges ? WriteAsync() : Task.CompletedTask;

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
            // Whether the write was stored is unknown: this memory is given up, and what it lacks is replayed.
            DeactivateOnIdle();
            throw;
        }
    }
}
