using System.Text;
using System.Text.Json.Nodes;
using Snowplow.Events.Enriched;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Storage.Warehouse;

namespace Snowplow.Warehouse.Tests.Warehouse;

/// <summary>Random ranges of two partitions, landed in files as partitions land them, and which rows of them count.</summary>
internal sealed class LandedHistory(string folder, Random random)
{
    private const string Day = "2026-03-01";

    private static readonly string[] People = ["d:anna", "d:bert", "u:carl", "n:dora"];
    private static readonly string[] EventIds = [.. Enumerable.Range(0, 60).Select(i => $"00000000-0000-4000-8000-{i:D12}")];

    private readonly Dictionary<int, long> _positions = [];
    private readonly List<(string Id, string Collected, string User, string Session)> _events = [];
    private readonly Dictionary<string, List<JsonObject>> _rows = [];
    private readonly Dictionary<string, long> _revisions = [];
    private int _badRows;
    private int _clock;
    private int _forgotten;

    /// <summary>Where the files are.</summary>
    public FolderBlobStore Blobs { get; } = new(folder);

    /// <summary>Lands a range of one partition.</summary>
    public async Task<WarehouseUnit> LandAsync()
    {
        var number = random.Next(2);
        var partition = new PartitionName("test", number);
        var from = _positions.GetValueOrDefault(number);
        var log = await LandedLog.OpenAsync(Blobs, partition, from, new LandingOptions(), default);
        while (await log.ReadAsync(from, default) is not null)
        {
        }

        // Ranges of old hours come among new ones, as replays do.
        var hour = new DateTimeOffset(2026, 3, 1, random.Next(5) == 0 ? 3 : 10, 0, 0, TimeSpan.Zero);
        var (position, batches) = (from, new List<WarehouseBatch>());
        for (var i = 0; i < random.Next(1, 4); i++)
        {
            var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ => NextEvent())));
            var bad = random.Next(3) == 0 ? Encoding.UTF8.GetBytes($$$"""{"schema":"iglu:a/b/jsonschema/1-0-0","data":{"n":{{{_badRows++}}}}}""" + "\n") : [];
            var upTo = position + random.Next(1, 5);
            await log.LandAsync(position, upTo, hour, new BatchLines(text, text.Count(b => b == '\n')), new BatchLines(bad, bad.Length == 0 ? 0 : 1), BatchLines.None, default);
            batches.Add(new WarehouseBatch(position, upTo, hour, EnrichedBatch.Parse(text), bad));
            position = upTo;
        }

        var rows = new List<(string, ReadOnlyMemory<byte>)>();
        var files = new RowFiles(Blobs, partition, new LandingOptions());
        foreach (var table in (string[])[LandingPath.Sessions, LandingPath.Users, LandingPath.WebVitals, LandingPath.Forgotten])
        {
            var lines = string.Concat(Enumerable.Range(0, table != LandingPath.Forgotten ? random.Next(3) : random.Next(10) == 0 ? 1 : 0).Select(_ => NextRow(table)));
            if (lines.Length == 0) continue;
            await files.AppendAsync(table, from, position, hour, Encoding.UTF8.GetBytes(lines), default);
            rows.Add((table, Encoding.UTF8.GetBytes(lines)));
        }

        _positions[number] = position;
        return new WarehouseUnit(partition, from, position, batches, rows);
    }

    /// <summary>What queries must give: each event once, the first collected; nothing of forgotten people.</summary>
    public IEnumerable<string> Events() => _events
        .GroupBy(e => e.Id).Select(copies => copies.MinBy(e => e.Collected))
        .Where(e => !IsForgotten(e.User, e.Collected) && !IsForgotten(e.Session, e.Collected)).Select(e => $"{e.Id} {e.Collected}").Order();

    /// <summary>Number of bad rows.</summary>
    public int BadRows => _badRows;

    /// <summary>Each session's newest version that counts.</summary>
    public IEnumerable<string> Sessions() => Newest(LandingPath.Sessions, "session_identifier", "session", "session_key")
        .Where(row => row["merged_into"] is null).Select(row => $"{row["session_identifier"]} {row["revision"]} {row["total_events"]}").Order();

    /// <summary>Each user's newest version that counts.</summary>
    public IEnumerable<string> Users() => Newest(LandingPath.Users, "user_key", "user", "user_key").Select(row => $"{row["user_key"]} {row["revision"]}").Order();

    /// <summary>Each event of web vitals once.</summary>
    public IEnumerable<string> WebVitals() => Rows(LandingPath.WebVitals)
        .GroupBy(row => row["event_id"]!.GetValue<string>())
        .Select(copies => copies.MinBy(row => (row["derived_tstamp"]!.GetValue<string>(), row["collector_tstamp"]!.GetValue<string>()))!)
        .Where(row => !IsForgotten((row["user_key"] ?? row["session_key"])!.GetValue<string>(), row["collector_tstamp"]!.GetValue<string>()))
        .Select(row => $"{row["event_id"]} {row["derived_tstamp"]} {row["collector_tstamp"]}").Order();

    private IEnumerable<JsonObject> Rows(string table) => _rows.GetValueOrDefault(table) ?? [];

    private IEnumerable<JsonObject> Newest(string table, string key, string kind, string forgottenBy) => Rows(table)
        .Where(row => !Rows(LandingPath.Forgotten).Any(gone => gone["kind"]!.GetValue<string>() == kind && gone["key"]!.GetValue<string>() == row[forgottenBy]!.GetValue<string>() && gone["revision"]!.GetValue<long>() > row["revision"]!.GetValue<long>()))
        .GroupBy(row => row[key]!.GetValue<string>()).Select(versions => versions.MaxBy(row => row["revision"]!.GetValue<long>())!);

    private bool IsForgotten(string key, string collected) =>
        Rows(LandingPath.Forgotten).Any(gone => gone["key"]!.GetValue<string>() == key && string.CompareOrdinal(collected, gone["forgotten_at"]!.GetValue<string>()) <= 0);

    private string NextEvent()
    {
        var fields = new string[EventFields.Count];
        Array.Fill(fields, "");
        // Copies of an event are of one person.
        var number = random.Next(EventIds.Length);
        var (id, user, session) = (EventIds[number], People[number % People.Length], $"visit-{number % 6}");
        var collected = Time();
        fields[(int)EventField.EventId] = id;
        fields[(int)EventField.Event] = "page_view";
        fields[(int)EventField.CollectorTstamp] = collected[..^1].Replace('T', ' ');
        fields[(int)EventField.DomainSessionid] = session;
        fields[(int)(user[0] switch { 'd' => EventField.DomainUserid, 'n' => EventField.NetworkUserid, _ => EventField.UserId })] = user[2..];
        _events.Add((id, collected, user, $"s:{session}"));
        return string.Join('\t', fields) + "\n";
    }

    private string NextRow(string table)
    {
        var number = random.Next(EventIds.Length);
        var (user, session) = (People[number % People.Length], $"s:visit-{number % 6}");
        var row = new JsonObject { ["model_generation"] = 1000 };
        switch (table)
        {
            case LandingPath.Sessions:
                (row["session_identifier"], row["session_key"], row["user_key"], row["total_events"]) = (session[2..], session, user, random.Next(100));
                if (random.Next(6) == 0) row["merged_into"] = "visit-other";
                break;
            case LandingPath.Users:
                row["user_key"] = user;
                break;
            case LandingPath.WebVitals:
                (row["event_id"], row["derived_tstamp"], row["collector_tstamp"], row["session_key"]) = (EventIds[number], Time(), Time(), session);
                if (number % 5 > 0) row["user_key"] = user;
                row.Remove("model_generation");
                break;
            default:
                var ofUser = random.Next(2) == 0;
                // Later versions forget more.
                (row["kind"], row["key"], row["forgotten_at"]) = (ofUser ? "user" : "session", ofUser ? user : session, $"{Day}T{_forgotten / 60:D2}:{_forgotten % 60:D2}:00.000Z");
                _forgotten = Math.Min(1439, _forgotten + random.Next(90));
                break;
        }

        // Versions of a key are told in any order; each has one content.
        if (table != LandingPath.WebVitals) row["revision"] = NextRevision(table, row.ToJsonString());
        (_rows.TryGetValue(table, out var all) ? all : _rows[table] = []).Add(row);
        return row.ToJsonString() + "\n";
    }

    private long NextRevision(string table, string content)
    {
        var revision = (table != LandingPath.Forgotten && random.Next(3) == 0 ? random.Next(1, 50) : ++_clock) * 1000L;
        while (_revisions.TryGetValue($"{table}{revision}", out _)) revision++;
        _revisions.Add($"{table}{revision}", content.Length);
        return revision;
    }

    private string Time() => $"{Day}T{random.Next(24):D2}:{random.Next(60):D2}:00.000Z";
}
