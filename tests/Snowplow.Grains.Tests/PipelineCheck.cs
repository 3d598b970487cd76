using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Events.Enriched;
using Snowplow.Model;
using Snowplow.Model.EventRows;
using Snowplow.Model.Forgetting;
using Snowplow.Model.Identity;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Grains.Tests;

/// <summary>
/// Compares what a run left in its files with what must be there: each event once, in an enriched or a bad file; a failed event
/// beside each bad row that may have one, and nowhere else; and the last version of every row as an uninterrupted fold over the
/// landed events gives it.
/// </summary>
internal sealed class PipelineCheck(IBlobStore blobs, IReadOnlySet<Guid> eventIds, IReadOnlyList<JsonObject> rowsFromMemory, ModelRules rules)
{
    /// <summary>
    /// The processor's version of those enrichments that write failed events, here. Bad rows name it, and so tell from outside
    /// whether a failed event must be with them.
    /// </summary>
    public const string VersionWithFailedEvents = "0.0.1";

    private readonly List<string> _wrong = [];

    /// <summary>How many failed events were found.</summary>
    public int FailedCount { get; private set; }

    /// <summary>Everything that is wrong; files that cannot be read are.</summary>
    public async Task<IReadOnlyList<string>> FindAsync()
    {
        try
        {
            await CheckAsync();
        }
        catch (LandingCorruptException damaged)
        {
            _wrong.Add(damaged.Message);
        }

        return _wrong;
    }

    private async Task CheckAsync()
    {
        var wanted = Fold(await CheckLandedAsync());
        var forgotten = ForgottenRows.Of(await RowTable.Forgotten.ReadAsync(blobs));
        foreach (var table in RowTable.All)
        {
            var published = forgotten.Without(table, await table.ReadAsync(blobs));
            if (table == RowTable.Sessions) published.AddRange(forgotten.Without(table, rowsFromMemory));
            _wrong.AddRange(table.Differences(published, wanted[table]));
        }
    }

    private async Task<List<EnrichedEvent>> CheckLandedAsync()
    {
        var events = new List<EnrichedEvent>();
        var seen = new Dictionary<Guid, int>();
        await foreach (var batch in LandedFiles.ReadAllAsync(blobs, CancellationToken.None))
        {
            for (var i = 0; i < batch.Events.Count; i++)
            {
                events.Add(batch.Events[i]);
                Count(seen, Guid.Parse(batch.Events[i].Text(EventField.EventId)!));
            }

            var bad = await LandedFiles.ReadBadRowsAsync(blobs, batch, CancellationToken.None);
            var wanted = new List<Guid>();
            foreach (var line in Encoding.UTF8.GetString(bad.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                var badId = eventIds.Single(id => line.Contains(id.ToString(), StringComparison.Ordinal));
                Count(seen, badId);
                if (MayHaveFailedEvent(line)) wanted.Add(badId);
            }

            CheckFailed(batch, EnrichedBatch.Parse(await LandedFiles.ReadFailedEventsAsync(blobs, batch, CancellationToken.None)), wanted);
        }

        foreach (var id in eventIds.Union(seen.Keys).Where(id => seen.GetValueOrDefault(id) != 1 || !eventIds.Contains(id))) _wrong.Add($"Event {id} landed {seen.GetValueOrDefault(id)} times.");
        return events;
    }

    private static bool MayHaveFailedEvent(string badRow)
    {
        using var row = JsonDocument.Parse(badRow);
        return row.RootElement.GetProperty("schema").GetString()!.Split('/')[1] is "schema_violations" or "enrichment_failures"
            && row.RootElement.GetProperty("data").GetProperty("processor").GetProperty("version").GetString() == VersionWithFailedEvents;
    }

    private void CheckFailed(LandedBatch batch, EnrichedBatch failed, List<Guid> wanted)
    {
        var found = Enumerable.Range(0, failed.Count).Select(i => Guid.Parse(failed[i].Text(EventField.EventId)!)).ToList();
        FailedCount += found.Count;
        if (!found.SequenceEqual(wanted) || batch.Failed.Count != found.Count)
            _wrong.Add($"Batch [{batch.From}, {batch.UpTo}) of {batch.Partition} has the failed events [{string.Join(", ", found)}], wanted [{string.Join(", ", wanted)}].");
    }

    private static void Count(Dictionary<Guid, int> seen, Guid id) => seen[id] = seen.GetValueOrDefault(id) + 1;

    // All tables as one batch of all events gives them.
    private Dictionary<RowTable, List<JsonObject>> Fold(List<EnrichedEvent> events)
    {
        var (sessions, users) = (new SortedDictionary<string, List<EnrichedEvent>>(StringComparer.Ordinal), new SortedDictionary<string, List<EnrichedEvent>>(StringComparer.Ordinal));
        var tables = RowTable.All.ToDictionary(table => table, _ => new List<JsonObject>());
        var (reader, eventRows) = (new EventKeyReader(), new EventRowWriter(rules));
        var forgotten = ForgottenUntil(events);
        foreach (var e in events)
        {
            if (ForgetEvent.Is(e)) continue;
            var keys = reader.Read(e);
            var at = e.Timestamp(EventField.CollectorTstamp)!.Value;
            bool IsForgotten(string? key) => key is not null && forgotten.TryGetValue(key, out var until) && at <= until;
            if (!IsForgotten(keys.User ?? keys.Session)) eventRows.Add(e, keys);
            if (rules.IsBot(e)) continue;
            if (keys.Session is { } session && !IsForgotten(session)) (sessions.TryGetValue(session, out var own) ? own : sessions[session] = []).Add(e);
            if (keys.User is { } user && !IsForgotten(user)) (users.TryGetValue(user, out var own) ? own : users[user] = []).Add(e);
        }

        var told = new List<SessionSummary>();
        foreach (var (key, own) in sessions)
        {
            var rows = Fold(key, own);
            tables[RowTable.Sessions].AddRange(RowTable.Parse(rows.SessionLines));
            tables[RowTable.Views].AddRange(RowTable.Parse(rows.ViewLines));
            told.AddRange(rows.Sessions);
        }

        var identities = new Dictionary<string, List<UserIdentitySummary>>();
        foreach (var (key, own) in users)
        {
            var until = forgotten.TryGetValue(key, out var at) ? at.ToUnixTimeMilliseconds() : long.MinValue;
            var rows = Fold(key, own, told.Where(session => session.CollectedMs > until));
            tables[RowTable.Users].AddRange(RowTable.Parse(rows.UserLine));
            tables[RowTable.UserMapping].AddRange(RowTable.Parse(rows.MappingLine));
            tables[RowTable.ConsentUsers].AddRange(RowTable.Parse(rows.ConsentLine));
            foreach (var held in rows.Identities?.Held ?? []) (identities.TryGetValue(held.Key, out var all) ? all : identities[held.Key] = []).Add(rows.Identities!);
        }

        foreach (var (key, holders) in identities)
        {
            var rows = Fold(key, holders);
            tables[RowTable.Identities].AddRange(RowTable.Parse(rows.IdentityLine));
            tables[RowTable.IdentityMerges].AddRange(RowTable.Parse(rows.MergeLines));
        }

        foreach (var (key, until) in forgotten)
        {
            if (ForgetKey.ProfileOf(key) is not null) continue;
            foreach (var kind in key.StartsWith(SessionKey.ClientPrefix, StringComparison.Ordinal) ? ["session"] : new[] { "session", "user" })
                tables[RowTable.Forgotten].Add(new JsonObject { ["kind"] = kind, ["key"] = key, ["forgotten_at"] = $"{until.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}", ["model_generation"] = rules.Generation });
        }

        tables[RowTable.ConsentLog].AddRange(RowTable.Parse(eventRows.TakeConsentLog()));
        tables[RowTable.Conversions].AddRange(RowTable.Parse(eventRows.TakeConversions()));
        tables[RowTable.WebVitals].AddRange(RowTable.Parse(eventRows.TakeWebVitals()));
        tables[RowTable.AppErrors].AddRange(RowTable.Parse(eventRows.TakeAppErrors()));
        return tables;
    }

    /// <summary>Up to when what each key had was collected that is forgotten, by what the events that forget say: no state has a part in it.</summary>
    internal static Dictionary<string, DateTimeOffset> ForgottenUntil(List<EnrichedEvent> events)
    {
        var until = new Dictionary<string, DateTimeOffset>();
        foreach (var e in events.Where(ForgetEvent.Is))
        {
            var at = e.Timestamp(EventField.CollectorTstamp)!.Value;
            foreach (var key in ForgetEvent.ReadKeys(e)) until[key] = until.TryGetValue(key, out var before) && before > at ? before : at;
        }

        return until;
    }

    private SessionStateRows Fold(string key, List<EnrichedEvent> events)
    {
        var state = new SessionState { Key = key };
        state.Use(rules);
        state.Apply("check", 0, 1, events, rules);
        state.BeforeWrite(rules);
        state.AfterWrite();
        return state.Rows("check", 0, rules);
    }

    private IdentityStateRows Fold(string key, List<UserIdentitySummary> users)
    {
        var state = new IdentityState { Key = key };
        state.Use(rules);
        state.Take([.. users], rules);
        state.BeforeWrite(rules);
        state.AfterWrite();
        return state.Rows(rules);
    }

    private UserStateRows Fold(string key, List<EnrichedEvent> events, IEnumerable<SessionSummary> sessions)
    {
        var state = new UserState { Key = key };
        state.Use(rules);
        state.Apply("check", 0, 1, events, rules);
        state.TakeSessions([.. sessions.Where(session => session.UserKey == key)]);
        state.BeforeWrite();
        state.AfterWrite();
        return state.Rows("check", 0)!;
    }
}
