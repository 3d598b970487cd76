using Snowplow.Grains;
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
    /// <summary>Deletes those that nothing has come to since; the database then has no copies of them.</summary>
    /// <returns>How many it were.</returns>
    public static async Task<int> DeleteAsync(string dataFolder, IEnumerable<PurgedPerson> people)
    {
        using var states = new SqliteGrainStorage(new SqliteGrainStorageOptions { Path = Path.Combine(dataFolder, Platform.StateFile) }, StateJson.Options);
        var deleted = 0;
        foreach (var person in people)
        {
            foreach (var key in person.Erasure.Person!.Keys)
            {
                var (grain, user) = (GrainId.Create("user", key), new GrainState<UserState>());
                await states.ReadStateAsync("user", grain, user).ConfigureAwait(false);
                if (user is { RecordExists: true, State.IsForgotten: true })
                {
                    ModelHistory.BeginAfter(dataFolder, user.State.Revision);
                    await states.ClearStateAsync("user", grain, user).ConfigureAwait(false);
                    deleted++;
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

        states.Compact();
        return deleted;
    }
}
