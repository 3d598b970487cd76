using System.Collections.Immutable;
using Orleans.Storage;
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

    /// <summary>Applies a batch to all its grains, in parallel, and completes when each has it.</summary>
    /// <exception cref="GrainBehindException">A grain lacks an earlier batch of the range.</exception>
    public async Task ApplyAsync(Batch batch)
    {
        _hour ??= batch.Hour;
        var groups = EventGroups.Of(batch.Events, _keys, _profileKeys, rules, _eventRows);
        var calls = new List<(string Grain, Task<ApplyOutcome> Call)>(groups.Sessions.Count + groups.Users.Count + groups.Profiles.Count);
        foreach (var (key, events) in groups.Sessions)
            calls.Add((key, grains.GetGrain<ISessionGrain>(key).Apply(partition, _sessions.GetValueOrDefault(key), batch.UpTo, events)));
        foreach (var (key, events) in groups.Users)
            calls.Add((key, grains.GetGrain<IUserGrain>(key).Apply(partition, _users.GetValueOrDefault(key), batch.UpTo, events)));
        foreach (var (key, events) in groups.Profiles)
            calls.Add((key, grains.GetGrain<IProfileGrain>(key).Apply(partition, _profiles.GetValueOrDefault(key), batch.UpTo, events)));

        await WhenAll(calls);
        foreach (var (grain, call) in calls)
        {
            if (call.Result == ApplyOutcome.Behind) throw new GrainBehindException(grain);
        }

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
        var sessionCalls = new List<(string Grain, Task<SessionCheckpoint> Call)>(_sessions.Count);
        foreach (var (key, upTo) in _sessions)
            sessionCalls.Add((key, grains.GetGrain<ISessionGrain>(key).Checkpoint(partition, finished, upTo)));
        await WhenAll(sessionCalls);

        _rows.Begin(_hour ?? default);
        _rows.Add(_eventRows);
        var sessionsByUser = new Dictionary<string, List<SessionSummary>>();
        foreach (var user in _users.Keys) sessionsByUser[user] = [];
        foreach (var (grain, call) in sessionCalls)
        {
            if (call.Result.IsBehind) throw new GrainBehindException(grain);
            _rows.Add(call.Result);
            foreach (var row in call.Result.Sessions)
            {
                if (row.UserKey is { } user) Give(sessionsByUser, user, row);
                foreach (var former in row.FormerUserKeys) Give(sessionsByUser, former, row);
            }
        }

        var userCalls = new List<(string Grain, Task<UserCheckpoint> Call)>(sessionsByUser.Count);
        foreach (var (key, sessions) in sessionsByUser)
            userCalls.Add((key, grains.GetGrain<IUserGrain>(key).Checkpoint(partition, finished, _users.GetValueOrDefault(key), [.. sessions])));
        await WhenAll(userCalls);
        var usersByIdentity = new Dictionary<string, List<UserIdentitySummary>>();
        foreach (var (grain, call) in userCalls)
        {
            if (call.Result.IsBehind) throw new GrainBehindException(grain);
            _rows.Add(call.Result);
            if (call.Result.Identities is not { } user) continue;
            foreach (var held in user.Held) Give(usersByIdentity, held.Key, user);
            foreach (var other in user.Others) Give(usersByIdentity, other, user);
            foreach (var former in user.Former) Give(usersByIdentity, former, user);
        }

        var identityCalls = new List<(string Grain, Task<IdentityCheckpoint> Call)>(usersByIdentity.Count);
        foreach (var (key, users) in usersByIdentity)
            identityCalls.Add((key, grains.GetGrain<IIdentityGrain>(key).Checkpoint([.. users])));
        await WhenAll(identityCalls);
        foreach (var (_, call) in identityCalls) _rows.Add(call.Result);
        if (_profiles.Count > 0) await CheckpointProfilesAsync(finished);
        return _rows;
    }

    private async Task CheckpointProfilesAsync(long finished)
    {
        var calls = new List<(string Grain, Task<ProfileCheckpoint> Call)>(_profiles.Count);
        foreach (var (key, upTo) in _profiles)
            calls.Add((key, grains.GetGrain<IProfileGrain>(key).Checkpoint(partition, finished, upTo)));
        await WhenAll(calls);
        foreach (var (grain, call) in calls)
        {
            if (call.Result.IsBehind) throw new GrainBehindException(grain);
            _rows.Add(call.Result);
        }
    }

    private static void Give<T>(Dictionary<string, List<T>> byGrain, string grain, T told)
    {
        if (!byGrain.TryGetValue(grain, out var all)) byGrain[grain] = all = [];
        all.Add(told);
    }

    // Waits for all calls before the first failure is looked at, so that none is still running when the range is replayed.
    private static async Task WhenAll<T>(List<(string Grain, Task<T> Call)> calls)
    {
        foreach (var (grain, call) in calls)
        {
            try
            {
                await call;
            }
            catch (InconsistentStateException)
            {
                await Settle(calls);
                throw new GrainBehindException(grain);
            }
            catch
            {
                await Settle(calls);
                throw;
            }
        }
    }

    private static async Task Settle<T>(List<(string Grain, Task<T> Call)> calls)
    {
        foreach (var (_, call) in calls)
            await ((Task)call).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}
