using System.Text;
using System.Text.Json;
using Snowplow.Events.Enriched;
using Snowplow.Model;
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
internal sealed class PipelineCheck(IBlobStore blobs, IReadOnlySet<Guid> eventIds, IReadOnlyList<SessionRow> rowsFromMemory)
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
        var events = await CheckLandedAsync();
        var sessions = new SortedDictionary<string, SessionRow>(StringComparer.Ordinal);
        var groups = Group(events);
        foreach (var (key, own) in groups.Sessions)
        {
            foreach (var row in Fold(key, own)) sessions[row.SessionIdentifier] = row;
        }

        var published = await RowsAsync(LandingPath.Sessions, ModelJson.SessionRow);
        CheckRows(
            [.. published, .. rowsFromMemory], sessions, row => row.SessionIdentifier, row => row.Revision,
            row => row with { Revision = 0, FormerUserKeys = [] }, row => row.MergedInto is not null);

        var users = groups.Users.ToDictionary(user => user.Key, user => Fold(user.Key, user.Value, sessions.Values));
        CheckRows(
            await RowsAsync(LandingPath.Users, ModelJson.UserRow), users, row => row.UserKey, row => row.Revision,
            row => row with { Revision = 0, SessionList = [.. row.SessionList.Select(session => session with { Revision = 0 })] }, _ => false);
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

    private static (SortedDictionary<string, List<EnrichedEvent>> Sessions, SortedDictionary<string, List<EnrichedEvent>> Users) Group(List<EnrichedEvent> events)
    {
        var (sessions, users) = (new SortedDictionary<string, List<EnrichedEvent>>(StringComparer.Ordinal), new SortedDictionary<string, List<EnrichedEvent>>(StringComparer.Ordinal));
        var reader = new EventKeyReader();
        foreach (var e in events)
        {
            var keys = reader.Read(e);
            if (keys.Session is { } session) (sessions.TryGetValue(session, out var own) ? own : sessions[session] = []).Add(e);
            if (keys.User is { } user) (users.TryGetValue(user, out var own) ? own : users[user] = []).Add(e);
        }

        return (sessions, users);
    }

    private static IReadOnlyList<SessionRow> Fold(string key, List<EnrichedEvent> events)
    {
        var state = new SessionState { Key = key };
        state.Apply("check", 0, 1, events, SessionRules.Default);
        state.BeforeWrite(SessionRules.Default);
        state.AfterWrite();
        return state.Rows("check", 0, SessionRules.Default);
    }

    private static UserRow Fold(string key, List<EnrichedEvent> events, IEnumerable<SessionRow> sessions)
    {
        var state = new UserState { Key = key };
        state.Apply("check", 0, 1, events);
        state.TakeSessions([.. sessions.Where(session => session.UserKey == key)]);
        state.BeforeWrite();
        state.AfterWrite();
        return state.Row()!;
    }

    private async Task<List<TRow>> RowsAsync<TRow>(string kind, System.Text.Json.Serialization.Metadata.JsonTypeInfo<TRow> type)
    {
        var rows = new List<TRow>();
        await foreach (var batch in RowFiles.ReadRowsAsync(blobs, kind, CancellationToken.None))
        {
            foreach (var line in Encoding.UTF8.GetString(batch.Lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries))
                rows.Add(JsonSerializer.Deserialize(line, type)!);
        }

        return rows;
    }

    private void CheckRows<TRow>(
        List<TRow> published, IReadOnlyDictionary<string, TRow> expected, Func<TRow, string> key, Func<TRow, long> revision, Func<TRow, TRow> content, Func<TRow, bool> isMergedAway)
    {
        string Text(TRow row) => JsonSerializer.Serialize(content(row), ModelJson.Options);

        foreach (var version in published.GroupBy(row => (Key: key(row), Revision: revision(row))))
        {
            if (version.Select(Text).Distinct().Count() > 1) _wrong.Add($"{version.Key.Key} has two contents at revision {version.Key.Revision}.");
        }

        var last = published.GroupBy(key).ToDictionary(rows => rows.Key, rows => rows.MaxBy(revision)!);
        foreach (var (id, row) in expected)
        {
            if (!last.TryGetValue(id, out var found)) _wrong.Add($"{id} has no row.");
            else if (Text(found) != Text(row)) _wrong.Add($"{id} is\n  {Text(found)}, wanted\n  {Text(row)}");
        }

        foreach (var (id, row) in last)
        {
            if (!expected.ContainsKey(id) && !isMergedAway(row)) _wrong.Add($"{id} is a row of nothing that landed: {Text(row)}");
        }
    }
}
