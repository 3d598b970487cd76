using System.Collections.Immutable;
using System.Text;
using Snowplow.Events.Enriched;
using Snowplow.Model;
using Snowplow.Model.Profiles;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Forget;

/// <summary>
/// Finds a person's keys: the user keys that the id means, those of events and rows that have it as <c>user_id</c>, and the keys of
/// the clients' sessions with an event of these users; and those of the profiles that have events of nobody else. Reads all enriched files, and the tables of users, mapping and sessions, which know
/// what was moved out of <c>enriched/</c>.
/// </summary>
/// <param name="blobs">The data folder.</param>
/// <param name="profiles">Say which profiles events have.</param>
internal sealed class PersonSearch(IBlobStore blobs, ProfileRules profiles)
{
    /// <summary>More user keys are no person but an id that many share, such as <c>guest</c>.</summary>
    public const int MostUsers = 1000;

    /// <summary>Adds what is found of a person.</summary>
    /// <param name="person">What is known.</param>
    /// <param name="until">What was collected later is passed over, and the tables are, which do not tell; null for everything.</param>
    /// <param name="stop">Ends the search.</param>
    /// <exception cref="TooManyUsersException">The id stands for more than <see cref="MostUsers"/> user keys.</exception>
    public async Task<ErasurePerson> FindAsync(ErasurePerson person, DateTimeOffset? until, CancellationToken stop)
    {
        var found = new Found(person);
        int users;
        do
        {
            // A user who is found late may have come before: sessions are complete once a pass over all finds no further user.
            users = found.Users.Count;
            await foreach (var batch in LandedFiles.ReadAllAsync(blobs, stop).ConfigureAwait(false)) found.Take(batch.Events, until);
            foreach (var table in until is null ? new[] { LandingPath.UserMapping, LandingPath.Users, LandingPath.Sessions } : [])
            {
                await foreach (var rows in RowFiles.ReadRowsAsync(blobs, table, stop).ConfigureAwait(false))
                    found.Take(table, rows.Lines.Span);
            }
        }
        while (found.Users.Count > users);

        person = person with { Users = [.. person.Users.Union(found.Users)], Sessions = [.. person.Sessions.Union(found.Sessions)] };
        return profiles.Groups.IsEmpty ? person : person with { Profiles = await ProfilesAsync(person, stop).ConfigureAwait(false) };
    }

    // A profile of an account that others have a part in is not the person's; one of a session of several people goes with the session.
    private async Task<ImmutableSortedSet<string>> ProfilesAsync(ErasurePerson person, CancellationToken stop)
    {
        var (own, others) = (person.Profiles.ToHashSet(), new HashSet<string>());
        foreach (var isOwn in new[] { true, false })
        {
            var (keys, reader) = (new EventKeyReader(), new ProfileKeyReader(profiles));
            await foreach (var batch in LandedFiles.ReadAllAsync(blobs, stop).ConfigureAwait(false))
            {
                for (var i = 0; i < batch.Events.Count; i++)
                {
                    var e = batch.Events[i];
                    if (ForgetEvent.Is(e) || person.Users.Contains(keys.Read(e).User ?? "") != isOwn) continue;
                    foreach (var profile in reader.Read(e))
                        if (isOwn) own.Add(profile);
                        else if (own.Contains(profile)) others.Add(profile);
                }
            }
        }

        own.ExceptWith(others);
        own.UnionWith(profiles.SessionProfiles(person.Sessions));
        return [.. own.Order(StringComparer.Ordinal)];
    }

    private sealed class Found(ErasurePerson person)
    {
        private readonly byte[] _id = Encoding.UTF8.GetBytes(person.Id);
        private readonly HashSet<string> _candidates = [.. UserKey.Candidates(person.Id)];
        private readonly EventKeyReader _keys = new();

        public HashSet<string> Users { get; } = [.. person.Users];

        public HashSet<string> Sessions { get; } = [.. person.Sessions];

        public void Take(EnrichedBatch events, DateTimeOffset? until)
        {
            for (var i = 0; i < events.Count; i++)
            {
                var e = events[i];
                if (ForgetEvent.Is(e) || e.Timestamp(EventField.CollectorTstamp) > until || _keys.Read(e) is not { User: { } user } keys) continue;
                if (_candidates.Contains(user) || e[EventField.UserId].SequenceEqual(_id)) Add(user);
                if (Users.Contains(user)) AddSession(keys.Session!);
            }
        }

        public void Take(string table, ReadOnlySpan<byte> lines)
        {
            foreach (var range in lines.Split((byte)'\n'))
            {
                if (lines[range].IsEmpty) continue;
                var row = RowKeys.Read(lines[range]);
                if (table == LandingPath.Sessions)
                {
                    if (row.SessionKey is { } session && (IsKnown(row.UserKey) || row.FormerUserKeys.Any(IsKnown))) AddSession(session);
                }
                else if (row.UserKey is { } user && (_candidates.Contains(user) || row.UserId == person.Id || row.UserIds.Contains(person.Id)))
                {
                    Add(user);
                }
            }
        }

        private bool IsKnown(string? user) => user is not null && Users.Contains(user);

        private void Add(string user)
        {
            if (Users.Add(user) && Users.Count > MostUsers)
                throw new TooManyUsersException();
        }

        private void AddSession(string key)
        {
            if (SessionKey.IsClientSession(key)) Sessions.Add(key);
        }
    }
}

/// <summary>The id stands for more users than a person has.</summary>
internal sealed class TooManyUsersException() : Exception(
    $"More than {PersonSearch.MostUsers:N0} users have this id: it is no person's. Name one of them by its user key, such as d:….");
