using Snowplow.Grains.Interventions;
using Snowplow.Model.Identity;
using Snowplow.Model.Profiles;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Purge;

/// <summary>
/// Takes emptied states away, whose keys name the person. All partitions have finished the range of the event that emptied
/// them, so their positions are needed no more; their revisions are outdone by new states (<see cref="ModelHistory.BeginAfterAsync"/>).
/// </summary>
internal static class PurgedStates
{
    /// <summary>Has all states of identities looked at.</summary>
    public static async Task LearnAsync(StoppedPlatform platform, PurgedIdentities identities, CancellationToken stop)
    {
        // A storage need not be able to tell all keys.
        var keys = (await platform.KeysOfAsync("identity", stop).ConfigureAwait(false)).Union(identities.Known).ToList();
        foreach (var learn in new Action<string, IdentityState>[] { identities.Learn, identities.LearnRelated })
        {
            foreach (var key in keys)
            {
                var identity = new GrainState<IdentityState>();
                await platform.States.ReadStateAsync("identity", GrainId.Create("identity", key), identity).ConfigureAwait(false);
                if (identity.RecordExists) learn(key, identity.State!);
            }
        }
    }

    /// <summary>Deletes those that nothing has come to since; what holds them then has no copies of them.</summary>
    /// <returns>How many it were.</returns>
    public static async Task<int> DeleteAsync(StoppedPlatform platform, IReadOnlyList<PurgedPerson> people, PurgedIdentities identities, CancellationToken stop)
    {
        var (states, history) = (platform.States, platform.History);
        var deleted = 0;
        foreach (var person in people)
        {
            foreach (var key in person.Erasure.Person!.Grains)
            {
                var (grain, user) = (GrainId.Create("user", key), new GrainState<UserState>());
                await states.ReadStateAsync("user", grain, user).ConfigureAwait(false);
                if (user is { RecordExists: true, State.IsForgotten: true })
                {
                    await history.BeginAfterAsync(user.State.Revision, stop).ConfigureAwait(false);
                    await states.ClearStateAsync("user", grain, user).ConfigureAwait(false);
                    deleted++;
                }
                else if (user is { RecordExists: true, State: { } back })
                {
                    back.LeaveOutFormerIdentities();
                    await states.WriteStateAsync("user", grain, user).ConfigureAwait(false);
                }

                (grain, var session) = (GrainId.Create("session", key), new GrainState<SessionState>());
                await states.ReadStateAsync("session", grain, session).ConfigureAwait(false);
                if (!session.RecordExists) continue;
                if (session.State!.IsForgotten && !person.SharedSessions.Contains(key))
                {
                    await history.BeginAfterAsync(session.State.Revision, stop).ConfigureAwait(false);
                    await states.ClearStateAsync("session", grain, session).ConfigureAwait(false);
                    deleted++;
                }
                else
                {
                    session.State.LeaveOutFormerUsers();
                    await states.WriteStateAsync("session", grain, session).ConfigureAwait(false);
                }
            }
        }

        deleted += await DeleteProfilesAsync(platform, people, stop).ConfigureAwait(false);
        deleted += await DeleteIdentitiesAsync(platform, people, identities, stop).ConfigureAwait(false);
        platform.CompactStates?.Invoke();
        return deleted;
    }

    private static async Task<int> DeleteProfilesAsync(StoppedPlatform platform, IReadOnlyList<PurgedPerson> people, CancellationToken stop)
    {
        var states = platform.States;
        var deleted = 0;
        foreach (var key in people.SelectMany(person => person.Erasure.Person!.Profiles))
        {
            var (grain, profile) = (GrainId.Create("profile", key), new GrainState<ProfileState>());
            await states.ReadStateAsync("profile", grain, profile).ConfigureAwait(false);
            if (profile is not { RecordExists: true, State.IsForgotten: true }) continue;
            await states.ClearStateAsync("profile", grain, profile).ConfigureAwait(false);
            deleted++;
        }

        foreach (var key in await platform.KeysOfAsync(WebhookGrain.StateName, stop).ConfigureAwait(false))
        {
            var (grain, queue) = (GrainId.Create("webhook", key), new GrainState<WebhookQueue>());
            await states.ReadStateAsync(WebhookGrain.StateName, grain, queue).ConfigureAwait(false);
            if (queue.State is { } waiting && waiting.LeaveOut(intervention => people.Any(person => person.IsToldOf(intervention.Key))))
                await states.WriteStateAsync(WebhookGrain.StateName, grain, queue).ConfigureAwait(false);
        }

        return deleted;
    }

    private static async Task<int> DeleteIdentitiesAsync(StoppedPlatform platform, IReadOnlyList<PurgedPerson> people, PurgedIdentities identities, CancellationToken stop)
    {
        var (states, history) = (platform.States, platform.History);
        var deleted = 0;
        foreach (var key in identities.Touched)
        {
            var (grain, identity) = (GrainId.Create("identity", key), new GrainState<IdentityState>());
            await states.ReadStateAsync("identity", grain, identity).ConfigureAwait(false);
            if (!identity.RecordExists) continue;
            if (identities.IsGone(key))
            {
                await history.BeginAfterAsync(identity.State!.Revision, stop).ConfigureAwait(false);
                await states.ClearStateAsync("identity", grain, identity).ConfigureAwait(false);
                deleted++;
            }
            else
            {
                identity.State!.LeaveOut(user => people.Any(person => person.Has(user)), identities.IsGone);
                await states.WriteStateAsync("identity", grain, identity).ConfigureAwait(false);
            }
        }

        return deleted;
    }
}
