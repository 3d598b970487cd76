using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model.EventRows;
using Snowplow.Model.Identity;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Model.Tests.History;

/// <summary>
/// Partitions and grains as ARCHITECTURE.md's contracts have them, on one thread and with a seeded course: batches of any
/// size from several partitions, checkpoints that break off, grains that are lost with or without a write.
/// </summary>
internal sealed class Pipeline(int seed, ModelRules rules)
{
    private readonly Random _random = new(seed);
    private readonly EventKeyReader _keys = new();
    private readonly EventRowWriter _eventRows = new(rules);
    private readonly Dictionary<string, string> _stored = [];
    private readonly Dictionary<string, SessionState> _sessions = [];
    private readonly Dictionary<string, UserState> _users = [];
    private readonly Dictionary<string, IdentityState> _identities = [];
    private readonly List<(string Table, JsonElement Row)> _ofEvents = [];

    /// <summary>The share of steps at which something goes wrong.</summary>
    public double Trouble { get; init; } = 0.1;

    /// <summary>The most events of a batch.</summary>
    public int MaxBatch { get; init; } = 20;

    /// <summary>How many steps lie between two restarts, at which all that is only in memory is lost; 0 for none.</summary>
    public int StepsBetweenRestarts { get; init; }

    /// <summary>
    /// Whether copies of an event are in one partition and the partition furthest behind goes on first, so that copies come within
    /// the hours for which a grain knows ids; else copies are anywhere and each partition has its own pace.
    /// </summary>
    public bool IsInStep { get; init; }

    /// <summary>
    /// Events that forget: they are in every partition, ahead of the first event collected after their time.
    /// </summary>
    public IReadOnlyList<TestEvent> Forgets { get; init; } = [];

    /// <summary>The rows that a reader of the files keeps of each table.</summary>
    public Tables Tables { get; } = new();

    public int Behinds { get; private set; }

    /// <summary>The bytes of the largest written state.</summary>
    public int LargestState { get; private set; }

    /// <summary>Runs all events through, in their order within each partition, to the last checkpoint.</summary>
    public void Run(IReadOnlyList<TestEvent> events, int partitions)
    {
        var all = Enumerable.Range(0, partitions).Select(p => new Partition($"log/{p}")).ToArray();
        foreach (var e in events)
            all[IsInStep ? Convert.ToInt32(e.Id[..4], 16) % partitions : _random.Next(partitions)].Log.Add(e);
        foreach (var partition in all)
        {
            foreach (var forget in Forgets)
            {
                var first = partition.Log.FindIndex(e => (e.Collector ?? e.Time) > forget.Time);
                partition.Log.Insert(_random.Next(Math.Max(0, first - 20), (first < 0 ? partition.Log.Count : first) + 1), forget);
            }

            partition.Land(_random, MaxBatch);
        }

        for (var steps = 1; all.Any(partition => !partition.IsDone); steps++)
        {
            Step(IsInStep ? all.Where(partition => !partition.IsDone).MinBy(partition => partition.Reached)! : all[_random.Next(partitions)]);
            if (_random.NextDouble() < Trouble) LoseAGrain();
            if (StepsBetweenRestarts > 0 && steps % StepsBetweenRestarts == 0) Restart(all);
        }

        Tables.LeaveOutForgotten(_ofEvents);
    }

    private void Step(Partition partition)
    {
        try
        {
            if (partition.HasNext && _random.Next(4) > 0) ApplyNext(partition);
            else Checkpoint(partition);
        }
        catch (BehindException)
        {
            Behinds++;
            partition.StartAgain();
        }
    }

    private void ApplyNext(Partition partition)
    {
        var (upTo, events) = partition.Next();
        var grains = new Dictionary<string, List<EnrichedEvent>>();
        foreach (var e in TestEvent.Lines(events))
        {
            if (ForgetEvent.Is(e))
            {
                foreach (var key in ForgetEvent.ReadKeys(e))
                {
                    List(grains, "session " + key).Add(e);
                    if (!SessionKey.IsClientSession(key)) List(grains, "user " + key).Add(e);
                }

                continue;
            }

            var keys = _keys.Read(e);
            _eventRows.Add(e, keys);
            if (rules.IsBot(e)) continue;
            if (keys.User is not null) List(grains, "user " + keys.User).Add(e);
            if (keys.Session is not null) List(grains, "session " + keys.Session).Add(e);
        }

        Keep("conversions", _eventRows.TakeConversions());
        Keep("web_vitals", _eventRows.TakeWebVitals());
        Keep("consent_log", _eventRows.TakeConsentLog());
        Keep("app_errors", _eventRows.TakeAppErrors());
        foreach (var (grain, own) in grains)
        {
            MaybeFail();
            var after = partition.Touched.GetValueOrDefault(grain);
            var outcome = grain[0] == 'u'
                ? User(grain).Apply(partition.Name, after, upTo, own, rules)
                : Session(grain).Apply(partition.Name, after, upTo, own, rules);
            if (outcome == ApplyOutcome.Behind) throw new BehindException();
            partition.Touched[grain] = upTo;
        }

        partition.Applied();
    }

    private void Checkpoint(Partition partition)
    {
        var rows = new List<(string Table, byte[] Lines)>();
        var told = new List<SessionSummary>();
        var users = new Dictionary<string, List<SessionSummary>>();
        foreach (var (grain, upTo) in partition.Touched)
        {
            MaybeFail();
            if (grain[0] == 'u')
            {
                List(users, grain);
                continue;
            }

            var session = Session(grain);
            if (!session.HasApplied(partition.Name, upTo)) throw new BehindException();
            Write(grain, session);
            var written = session.Rows(partition.Name, partition.Finished, rules);
            rows.AddRange([("sessions", written.SessionLines), ("views", written.ViewLines), ("forgotten", written.ForgottenLine)]);
            told.AddRange(written.Sessions);
        }

        foreach (var row in told)
            foreach (var user in row.FormerUserKeys.Append(row.UserKey).OfType<string>()) List(users, "user " + user).Add(row);
        var identities = new Dictionary<string, List<UserIdentitySummary>>();
        foreach (var (grain, taken) in users)
        {
            MaybeFail();
            var user = User(grain);
            if (!user.HasApplied(partition.Name, partition.Touched.GetValueOrDefault(grain))) throw new BehindException();
            user.TakeSessions([.. taken]);
            Write(grain, user);
            if (user.Rows(partition.Name, partition.Finished) is not { } row) continue;
            rows.AddRange([("users", row.UserLine), ("user_mapping", row.MappingLine), ("consent_users", row.ConsentLine), ("forgotten", row.ForgottenLine)]);
            if (row.Identities is not { } summary) continue;
            foreach (var key in summary.Held.Select(held => held.Key).Concat(summary.Others).Concat(summary.Former)) List(identities, "identity " + key).Add(summary);
        }

        foreach (var (grain, taken) in identities)
        {
            MaybeFail();
            var identity = Identity(grain);
            identity.Take([.. taken], rules);
            Write(grain, identity);
            var row = identity.Rows(rules);
            rows.AddRange([("identities", row.IdentityLine), ("identity_merges", row.MergeLines)]);
        }

        foreach (var (table, lines) in rows) Keep(table, lines);
        MaybeFail();
        partition.Finish();
    }

    private void Keep(string table, byte[] lines)
    {
        foreach (var line in lines.AsSpan().Split((byte)'\n'))
        {
            if (lines.AsSpan(line).IsEmpty) continue;
            var row = JsonElement.Parse(lines.AsSpan(line));
            if (Tables[table].IsVersioned) Tables[table].Keep(row);
            else _ofEvents.Add((table, row));
        }
    }

    private void Restart(Partition[] partitions)
    {
        _sessions.Clear();
        _users.Clear();
        _identities.Clear();
        foreach (var partition in partitions) partition.StartAgain();
    }

    private void MaybeFail()
    {
        if (_random.NextDouble() < Trouble / 10) throw new BehindException();
    }

    private void LoseAGrain()
    {
        var keys = _sessions.Keys.Concat(_users.Keys).Concat(_identities.Keys).ToArray();
        if (keys.Length == 0) return;
        var grain = keys[_random.Next(keys.Length)];
        if (_random.Next(2) == 0)
        {
            if (grain[0] == 'u') Write(grain, User(grain));
            else if (grain[0] == 's') Write(grain, Session(grain));
            else Write(grain, Identity(grain));
        }

        _sessions.Remove(grain);
        _users.Remove(grain);
        _identities.Remove(grain);
    }

    private SessionState Session(string grain)
    {
        if (_sessions.TryGetValue(grain, out var state)) return state;
        state = _stored.TryGetValue(grain, out var json) ? JsonSerializer.Deserialize(json, ModelJson.SessionState)! : new SessionState();
        state.Key = grain["session ".Length..];
        state.Use(rules);
        return _sessions[grain] = state;
    }

    private UserState User(string grain)
    {
        if (_users.TryGetValue(grain, out var state)) return state;
        state = _stored.TryGetValue(grain, out var json) ? JsonSerializer.Deserialize(json, ModelJson.UserState)! : new UserState();
        state.Key = grain["user ".Length..];
        state.Use(rules);
        return _users[grain] = state;
    }

    private IdentityState Identity(string grain)
    {
        if (_identities.TryGetValue(grain, out var state)) return state;
        state = _stored.TryGetValue(grain, out var json) ? JsonSerializer.Deserialize(json, ModelJson.IdentityState)! : new IdentityState();
        state.Key = grain["identity ".Length..];
        state.Use(rules);
        return _identities[grain] = state;
    }

    private void Write(string grain, IdentityState state)
    {
        if (!state.HasChanges) return;
        state.BeforeWrite(rules);
        Store(grain, JsonSerializer.Serialize(state, ModelJson.IdentityState));
        state.AfterWrite();
    }

    private void Write(string grain, SessionState state)
    {
        if (!state.HasChanges) return;
        state.BeforeWrite(rules);
        Store(grain, JsonSerializer.Serialize(state, ModelJson.SessionState));
        state.AfterWrite();
    }

    private void Write(string grain, UserState state)
    {
        if (!state.HasChanges) return;
        state.BeforeWrite();
        Store(grain, JsonSerializer.Serialize(state, ModelJson.UserState));
        state.AfterWrite();
    }

    private void Store(string grain, string json)
    {
        _stored[grain] = json;
        LargestState = Math.Max(LargestState, json.Length);
    }

    private static List<T> List<T>(Dictionary<string, List<T>> lists, string key) =>
        lists.TryGetValue(key, out var list) ? list : lists[key] = [];

#pragma warning disable CA1032, CA1064 // Never leaves this class.
    private sealed class BehindException : Exception;
#pragma warning restore CA1032, CA1064

    private sealed class Partition(string name)
    {
        private readonly List<(long UpTo, TestEvent[] Events)> _batches = [];
        private int _next;
        private int _finished;

        public string Name => name;

        public List<TestEvent> Log { get; } = [];

        public Dictionary<string, long> Touched { get; } = [];

        public long Finished => _finished == 0 ? 0 : _batches[_finished - 1].UpTo;

        public bool HasNext => _next < _batches.Count;

        public long Reached => _next == 0 ? 0 : _batches[_next - 1].UpTo;

        public bool IsDone => _finished == _batches.Count;

        public void Land(Random random, int maxBatch)
        {
            for (var at = 0; at < Log.Count;)
            {
                var length = Math.Min(random.Next(1, maxBatch + 1), Log.Count - at);
                _batches.Add((at + length, [.. Log.GetRange(at, length)]));
                at += length;
            }
        }

        public (long UpTo, TestEvent[] Events) Next() => _batches[_next];

        public void Applied() => _next++;

        public void Finish()
        {
            _finished = _next;
            Touched.Clear();
        }

        public void StartAgain()
        {
            _next = _finished;
            Touched.Clear();
        }
    }
}
