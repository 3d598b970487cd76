using Snowplow.Grains.Live;
using Snowplow.Model;
using Snowplow.Model.Profiles;
using Snowplow.Model.Rules;

namespace Snowplow.Grains.Profiles;

/// <summary>Hosts a <see cref="ProfileState"/>: identity, turn order and persistence; what happens is decided there.</summary>
public sealed class ProfileGrain : Grain, IProfileGrain
{
    private readonly IPersistentState<ProfileState> _stored;
    private readonly ModelRules _rules;

    /// <summary>Called by the runtime.</summary>
    public ProfileGrain([PersistentState("profile", PipelineServices.StateStorage)] IPersistentState<ProfileState> stored, ModelRules rules)
    {
        _stored = stored;
        _rules = rules;
    }

    private ProfileState State => _stored.State;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        State.Key = this.GetPrimaryKeyString();
        State.Use(_rules.Profiles);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ApplyOutcome> Apply(string partition, long after, long upTo, LandedEvents events) =>
        Task.FromResult(State.Apply(partition, after, upTo, events));

    /// <inheritdoc/>
    public async Task<ProfileCheckpoint> Checkpoint(string partition, long finished, long upTo)
    {
        if (!State.HasApplied(partition, upTo)) return ProfileCheckpoint.Behind;
        if (State.HasChanges) await WriteAsync();
        return new ProfileCheckpoint(false, State.Interventions(partition, finished));
    }

    /// <inheritdoc/>
    public Task<LiveRow?> Find(string group, long nowMs) => Task.FromResult(LiveRow.Of(State.Read(group, nowMs)));

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
