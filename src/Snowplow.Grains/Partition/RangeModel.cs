using Snowplow.Grains.Identity;
using Snowplow.Grains.Profiles;
using Snowplow.Grains.Sessions;
using Snowplow.Grains.Users;
using Snowplow.Model;
using Snowplow.Model.EventRows;
using Snowplow.Model.Identity;
using Snowplow.Model.Profiles;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;

namespace Snowplow.Grains.Partition;

/// <summary>
/// Sends landed batches to the grains their events name, and remembers, for the range not yet checkpointed, which grain
/// was sent what last.
/// </summary>
internal sealed class RangeModel(IGrainFactory grains, string partition, ModelRules rules)
{
    private readonly Dictionary<string, long> _sessions = [];
    private readonly Dictionary<string, long> _users = [];
    private readonly Dictionary<string, long> _profiles = [];
    private readonly EventKeyReader _keys = new();
    private readonly ProfileKeyReader _profileKeys = new(rules.Profiles);
    private readonly EventRowWriter _eventRows = new(rules);
    private readonly RangeRows _rows = new();
    private DateTimeOffset? _hour;

    /// <summary>Forgets the range: it is finished, or replayed from its beginning.</summary>
    public void Clear()
    {
        _sessions.Clear();
        _users.Clear();
        _profiles.Clear();
        _eventRows.Clear();
        _hour = null;
    }

    /// <summary>Applies a batch to all its grains, many at a time, and completes when each has it.</summary>
    /// <exception cref="GrainBehindException">A grain lacks an earlier batch of the range.</exception>
    public async Task ApplyAsync(Batch batch)
    {
        _hour ??= batch.Hour;
        var groups = EventGroups.Of(batch.Events, _keys, _profileKeys, rules, _eventRows);
        var calls = new GrainCalls<ApplyOutcome>(static (grain, outcome) => ThrowIfBehind(grain, outcome == ApplyOutcome.Behind));
        foreach (var (key, events) in groups.Sessions)
            await calls.AddAsync(key, grains.GetGrain<ISessionGrain>(key).Apply(partition, _sessions.GetValueOrDefault(key), batch.UpTo, events));
        foreach (var (key, events) in groups.Users)
            await calls.AddAsync(key, grains.GetGrain<IUserGrain>(key).Apply(partition, _users.GetValueOrDefault(key), batch.UpTo, events));
        foreach (var (key, events) in groups.Profiles)
            await calls.AddAsync(key, grains.GetGrain<IProfileGrain>(key).Apply(partition, _profiles.GetValueOrDefault(key), batch.UpTo, events));
        await calls.EndAsync();

        foreach (var key in groups.Sessions.Keys) _sessions[key] = batch.UpTo;
        foreach (var key in groups.Users.Keys) _users[key] = batch.UpTo;
        foreach (var key in groups.Profiles.Keys) _profiles[key] = batch.UpTo;
    }

    /// <summary>
    /// Has every touched session written, then every user that was touched or that a session row names, then every identity that
    /// such a user has or had, and every touched profile, and returns their rows and interventions.
    /// </summary>
    /// <param name="finished">The start of the range.</param>
    /// <exception cref="GrainBehindException">A grain lacks its last batch, or lost its ETag to another activation.</exception>
    public async Task<RangeRows> CheckpointAsync(long finished)
    {
        _rows.Begin(_hour ?? default);
        _rows.Add(_eventRows);
        var usersByIdentity = await CheckpointUsersAsync(finished, await CheckpointSessionsAsync(finished));
        var identities = new GrainCalls<IdentityCheckpoint>((_, rows) => _rows.Add(rows));
        foreach (var (key, users) in usersByIdentity)
            await identities.AddAsync(key, grains.GetGrain<IIdentityGrain>(key).Checkpoint([.. users]));
        await identities.EndAsync();

        var profiles = new GrainCalls<ProfileCheckpoint>((grain, profile) =>
        {
            ThrowIfBehind(grain, profile.IsBehind);
            _rows.Add(profile);
        });
        foreach (var (key, upTo) in _profiles)
            await profiles.AddAsync(key, grains.GetGrain<IProfileGrain>(key).Checkpoint(partition, finished, upTo));
        await profiles.EndAsync();
        return _rows;
    }

    // The users to be written, with what the rows of their sessions tell.
    private async Task<Dictionary<string, List<SessionSummary>>> CheckpointSessionsAsync(long finished)
    {
        var sessionsByUser = new Dictionary<string, List<SessionSummary>>();
        foreach (var user in _users.Keys) sessionsByUser[user] = [];
        var calls = new GrainCalls<SessionCheckpoint>((grain, rows) =>
        {
            ThrowIfBehind(grain, rows.IsBehind);
            _rows.Add(rows);
            foreach (var row in rows.Sessions)
            {
                if (row.UserKey is { } user) Give(sessionsByUser, user, row);
                foreach (var former in row.FormerUserKeys) Give(sessionsByUser, former, row);
            }
        });
        foreach (var (key, upTo) in _sessions)
            await calls.AddAsync(key, grains.GetGrain<ISessionGrain>(key).Checkpoint(partition, finished, upTo));
        await calls.EndAsync();
        return sessionsByUser;
    }

    // The identities to be written, with what users tell of them.
    private async Task<Dictionary<string, List<UserIdentitySummary>>> CheckpointUsersAsync(long finished, Dictionary<string, List<SessionSummary>> sessionsByUser)
    {
        var usersByIdentity = new Dictionary<string, List<UserIdentitySummary>>();
        var calls = new GrainCalls<UserCheckpoint>((grain, rows) =>
        {
            ThrowIfBehind(grain, rows.IsBehind);
            _rows.Add(rows);
            if (rows.Identities is not { } user) return;
            foreach (var held in user.Held) Give(usersByIdentity, held.Key, user);
            foreach (var other in user.Others) Give(usersByIdentity, other, user);
            foreach (var former in user.Former) Give(usersByIdentity, former, user);
        });
        foreach (var (key, sessions) in sessionsByUser)
            await calls.AddAsync(key, grains.GetGrain<IUserGrain>(key).Checkpoint(partition, finished, _users.GetValueOrDefault(key), [.. sessions]));
        await calls.EndAsync();
        return usersByIdentity;
    }

    private static void ThrowIfBehind(string grain, bool isBehind)
    {
        if (isBehind) throw new GrainBehindException(grain);
    }

    private static void Give<T>(Dictionary<string, List<T>> byGrain, string grain, T told)
    {
        if (!byGrain.TryGetValue(grain, out var all)) byGrain[grain] = all = [];
        all.Add(told);
    }
}
