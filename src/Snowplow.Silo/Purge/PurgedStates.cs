using Snowplow.Grains;
using Snowplow.Grains.Interventions;
using Snowplow.Model.Identity;
using Snowplow.Model.Profiles;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;
using Snowplow.Silo.Serve;
using Snowplow.Storage.GrainState;

namespace Snowplow.Silo.Purge;

/// <summary>
/// Takes emptied states out of the database, whose keys name the person. All partitions have finished the range of the event that emptied
/// them, so their positions are needed no more; their revisions are outdone by new states (<see cref="ModelHistory.BeginAfter"/>).
/// </summary>
internal static class PurgedStates
{
    /// <summary>Has all states of identities looked at.</summary>
    public static async Task LearnAsync(string dataFolder, PurgedIdentities identities)
    {
        using var states = Open(dataFolder);
        foreach (var learn in new Action<string, IdentityState>[] { identities.Learn, identities.LearnRelated })
        {
            foreach (var key in states.KeysOf("identity"))
            {
                var identity = new GrainState<IdentityState>();
                await states.ReadStateAsync("identity", GrainId.Create("identity", key), identity).ConfigureAwait(false);
                if (identity.RecordExists) learn(key, identity.State!);
            }
        }
    }

    /// <summary>Deletes those that nothing has come to since; the database then has no copies of them.</summary>
    /// <returns>How many it were.</returns>
    public static async Task<int> DeleteAsync(string dataFolder, IReadOnlyList<PurgedPerson> people, PurgedIdentities identities)
    {
        using var states = Open(dataFolder);
        var deleted = 0;
        foreach (var person in people)
        {
            foreach (var key in person.Erasure.Person!.Grains)
            {
                var (grain, user) = (GrainId.Create("user", key), new GrainState<UserState>());
                await states.ReadStateAsync("user", grain, user).ConfigureAwait(false);
                if (user is { RecordExists: true, State.IsForgotten: true })
                {
                    ModelHistory.BeginAfter(dataFolder, user.State.Revision);
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
                    ModelHistory.BeginAfter(dataFolder, session.State.Revision);
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

        deleted += await DeleteProfilesAsync(states, people).ConfigureAwait(false);
        deleted += await DeleteIdentitiesAsync(dataFolder, states, people, identities).ConfigureAwait(false);
        states.Compact();
        return deleted;
    }

    private static SqliteGrainStorage Open(string dataFolder) =>
        new(new SqliteGrainStorageOptions { Path = Path.Combine(dataFolder, Platform.StateFile) }, StateJson.Options);

    private static async Task<int> DeleteProfilesAsync(SqliteGrainStorage states, IReadOnlyList<PurgedPerson> people)
    {
        var deleted = 0;
        foreach (var key in people.SelectMany(person => person.Erasure.Person!.Profiles))
        {
            var (grain, profile) = (GrainId.Create("profile", key), new GrainState<ProfileState>());
            await states.ReadStateAsync("profile", grain, profile).ConfigureAwait(false);
            if (profile is not { RecordExists: true, State.IsForgotten: true }) continue;
            await states.ClearStateAsync("profile", grain, profile).ConfigureAwait(false);
            deleted++;
        }

        foreach (var key in states.KeysOf(WebhookGrain.StateName))
        {
            var (grain, queue) = (GrainId.Create("webhook", key), new GrainState<WebhookQueue>());
            await states.ReadStateAsync(WebhookGrain.StateName, grain, queue).ConfigureAwait(false);
            if (queue.State is { } waiting && waiting.LeaveOut(intervention => people.Any(person => person.IsToldOf(intervention.Key))))
                await states.WriteStateAsync(WebhookGrain.StateName, grain, queue).ConfigureAwait(false);
        }

        return deleted;
    }

    private static async Task<int> DeleteIdentitiesAsync(string dataFolder, SqliteGrainStorage states, IReadOnlyList<PurgedPerson> people, PurgedIdentities identities)
    {
        var deleted = 0;
        foreach (var key in identities.Touched)
        {
            var (grain, identity) = (GrainId.Create("identity", key), new GrainState<IdentityState>());
            await states.ReadStateAsync("identity", grain, identity).ConfigureAwait(false);
            if (!identity.RecordExists) continue;
            if (identities.IsGone(key))
            {
                ModelHistory.BeginAfter(dataFolder, identity.State!.Revision);
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
