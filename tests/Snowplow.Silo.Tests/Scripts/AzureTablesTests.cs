using System.Text;
using Snowplow.Events.Enriched;
using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Kql.Files;
using Snowplow.Model;
using Snowplow.Silo.Query.Scripts;
using Snowplow.Warehouse.Hot;

namespace Snowplow.Silo.Tests.Scripts;

/// <summary>The tables of analysts as Data Explorer computes them from what was ingested: the newest versions, each event once, nothing of what is gone.</summary>
public sealed class AzureTablesTests
{
    private const string Zero = "00000000-0000-0000-0000-000000000000";

    [Fact]
    public void EventKeys_OfEveryMixtureOfIds_AreThoseOfTheModel()
    {
        var lines = Mixtures().ToList();
        var tsv = Encoding.UTF8.GetBytes(string.Concat(lines));
        var raw = DelimitedFile.ReadTsv("events_raw", tsv, EventTable.Columns);

        var rows = Run(AzureDatabase.Load(raw), "event_keys_of_raw | project event_id, user_key, session_key").ToDictionary(row => (string)row[0]!, row => (User: (string)row[1]!, Session: (string)row[2]!));

        var (batch, reader) = (EnrichedBatch.Parse(tsv), new EventKeyReader());
        rows.Count.ShouldBe(lines.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            var (user, session) = reader.Read(batch[i]);
            rows[batch[i].Text(EventField.EventId)!].ShouldBe((user ?? "", session ?? ""), lines[i]);
        }
    }

    [Fact]
    public void Sessions_AreTheNewestThatAreNeitherMergedNorForgotten()
    {
        var database = AzureDatabase.Load(
            Rows("sessions_rows",
                """{"session_identifier":"1","session_key":"s:1","views":1,"model_generation":1,"revision":1}""",
                """{"session_identifier":"1","session_key":"s:1","views":2,"model_generation":1,"revision":2}""",
                """{"session_identifier":"2","session_key":"s:2","views":1,"model_generation":1,"revision":1}""",
                """{"session_identifier":"2","session_key":"s:2","merged_into":"1","model_generation":1,"revision":2}""",
                """{"session_identifier":"3","session_key":"s:3","views":3,"model_generation":1,"revision":3}""",
                """{"session_identifier":"4","session_key":"s:4","views":4,"model_generation":1,"revision":5}""",
                """{"session_identifier":"5","session_key":"s:5","views":5,"model_generation":2,"revision":1}""",
                """{"session_identifier":"5","session_key":"s:5","views":6,"model_generation":1,"revision":9}"""),
            Rows("forgotten_rows",
                """{"kind":"session","key":"s:3","forgotten_at":"2026-01-01T00:00:00Z","model_generation":1,"revision":4}""",
                """{"kind":"session","key":"s:4","forgotten_at":"2026-01-01T00:00:00Z","model_generation":1,"revision":4}""",
                """{"kind":"user","key":"s:5","forgotten_at":"2026-01-01T00:00:00Z","model_generation":9,"revision":4}"""));

        Run(database, "sessions | sort by session_identifier asc | project session_identifier, ['views']").Select(row => $"{row[0]}: {row[1]}").ShouldBe(["1: 2", "4: 4", "5: 5"]);
    }

    [Fact]
    public void Conversions_AreTheFirstOfCopies_AndNoneOfForgottenPeople()
    {
        var database = AzureDatabase.Load(
            Rows("conversions_rows",
                """{"cv_id":"1","user_key":"d:a","derived_tstamp":"2026-01-01T10:00:00Z","collector_tstamp":"2026-01-01T10:05:00Z","cv_value":1}""",
                """{"cv_id":"1","user_key":"d:a","derived_tstamp":"2026-01-01T10:00:00Z","collector_tstamp":"2026-01-01T10:01:00Z","cv_value":2}""",
                """{"cv_id":"1","user_key":"d:a","derived_tstamp":"2026-01-01T10:00:01Z","collector_tstamp":"2026-01-01T10:00:30Z","cv_value":3}""",
                """{"cv_id":"2","user_key":"d:gone","derived_tstamp":"2026-01-01T10:00:00Z","collector_tstamp":"2026-01-02T00:00:00Z","cv_value":4}""",
                """{"cv_id":"3","user_key":"d:gone","derived_tstamp":"2026-01-01T10:00:00Z","collector_tstamp":"2026-01-02T00:00:01Z","cv_value":5}""",
                """{"cv_id":"4","session_key":"s:gone","derived_tstamp":"2026-01-01T10:00:00Z","collector_tstamp":"2026-01-01T10:00:00Z","cv_value":6}"""),
            Rows("forgotten_rows",
                """{"kind":"user","key":"d:gone","forgotten_at":"2026-01-02T00:00:00Z","model_generation":1,"revision":4}""",
                """{"kind":"session","key":"s:gone","forgotten_at":"2026-01-02T00:00:00Z","model_generation":1,"revision":4}"""));

        Run(database, "conversions | sort by cv_id asc | project cv_id, cv_value").Select(row => $"{row[0]}: {row[1]}").ShouldBe(["1: 2", "3: 5"]);
    }

    [Fact]
    public void Events_AreEachOnce_WithoutOurOwnAndThoseOfForgottenPeople()
    {
        var raw = DelimitedFile.ReadTsv(
            "events_raw",
            Encoding.UTF8.GetBytes(
                Line(("event_id", "1"), ("event", "page_view"), ("collector_tstamp", "2026-01-01 10:05:00.000"), ("page_title", "late"), ("domain_userid", "a"))
                + Line(("event_id", "1"), ("event", "page_view"), ("collector_tstamp", "2026-01-01 10:00:00.000"), ("page_title", "first"), ("domain_userid", "a"))
                + Line(("event_id", "2"), ("event", "page_view"), ("collector_tstamp", "2026-01-02 00:00:00.000"), ("domain_userid", "gone"))
                + Line(("event_id", "3"), ("event", "page_view"), ("collector_tstamp", "2026-01-02 00:00:00.001"), ("page_title", "after"), ("domain_userid", "gone"))
                + Line(("event_id", "4"), ("event", "page_view"), ("collector_tstamp", "2026-01-01 00:00:00.000"), ("domain_userid", "a"), ("domain_sessionid", "gone"))
                + Line(("event_id", "5"), ("event", "forget"), ("collector_tstamp", "2026-01-02 00:00:00.000"))),
            EventTable.Columns);
        var forgotten = Rows("forgotten_rows",
            """{"kind":"user","key":"d:gone","forgotten_at":"2026-01-02T00:00:00Z","model_generation":1,"revision":4}""",
            """{"kind":"session","key":"s:gone","forgotten_at":"2026-01-02T00:00:00Z","model_generation":1,"revision":4}""");
        // What the update policy does as events come.
        var keys = Run(AzureDatabase.Load(raw), "event_keys_of_raw").ToList();
        var columns = new[] { ("event_id", KqlType.String), ("collector_tstamp", KqlType.DateTime), ("user_key", KqlType.String), ("session_key", KqlType.String) };
        var eventKeys = new MemoryTable("event_keys", columns, [.. columns.Select((column, i) => Columns.Of(column.Item2, [.. keys.Select(row => row[i])]))], keys.Count);

        Run(AzureDatabase.Load(raw, eventKeys, forgotten), "events | sort by event_id asc | project event_id, page_title").Select(row => $"{row[0]}: {row[1]}").ShouldBe(["1: first", "3: after"]);
        // Where nobody was forgotten, all are there.
        Run(AzureDatabase.Load(raw, eventKeys), "events | count").Single()[0].ShouldBe(4L);
    }

    [Fact]
    public void LiveEvents_AreThoseLoadedAndThoseOnlyStreamed_EachOnce()
    {
        var now = new DateTime(2026, 1, 2, 12, 0, 0, DateTimeKind.Utc);
        var raw = Tsv("events_raw",
            Line(("event_id", "1"), ("event", "page_view"), ("collector_tstamp", "2026-01-01 10:00:00.000"), ("page_title", "old")),
            Line(("event_id", "2"), ("event", "page_view"), ("collector_tstamp", "2026-01-02 11:55:00.000"), ("page_title", "loaded")),
            Line(("event_id", "3"), ("event", "page_view"), ("collector_tstamp", "2026-01-02 11:55:00.000"), ("page_title", "forgotten"), ("domain_userid", "gone")));
        var recent = Tsv("events_recent",
            Line(("event_id", "2"), ("event", "page_view"), ("collector_tstamp", "2026-01-02 11:55:00.000"), ("page_title", "loaded")),
            Line(("event_id", "3"), ("event", "page_view"), ("collector_tstamp", "2026-01-02 11:55:00.000"), ("page_title", "forgotten"), ("domain_userid", "gone")),
            Line(("event_id", "4"), ("event", "page_view"), ("collector_tstamp", "2026-01-02 11:59:00.000"), ("etl_tstamp", "2026-01-02 11:59:01.000"), ("page_title", "streamed")),
            Line(("event_id", "4"), ("event", "page_view"), ("collector_tstamp", "2026-01-02 11:59:00.000"), ("etl_tstamp", "2026-01-02 11:59:05.000"), ("page_title", "again")),
            Line(("event_id", "5"), ("event", "forget"), ("collector_tstamp", "2026-01-02 11:59:00.000")),
            Line(("event_id", "6"), ("event", "page_view"), ("collector_tstamp", "2026-01-02 11:30:00.000"), ("page_title", "loaded long ago")));
        var columns = new[] { ("event_id", KqlType.String), ("collector_tstamp", KqlType.DateTime), ("user_key", KqlType.String), ("session_key", KqlType.String) };
        var keys = Run(AzureDatabase.Load(raw), "event_keys_of_raw").ToList();
        var eventKeys = new MemoryTable("event_keys", columns, [.. columns.Select((column, i) => Columns.Of(column.Item2, [.. keys.Select(row => row[i])]))], keys.Count);
        var forgotten = Rows("forgotten_rows", """{"kind":"user","key":"d:gone","forgotten_at":"2026-01-02T11:58:00Z","model_generation":1,"revision":4}""");
        var engine = new KqlEngine(AzureDatabase.Load(raw, recent, eventKeys, forgotten));

        engine.Run("events_live | sort by event_id asc | project event_id, page_title", new QueryOptions { Now = now }).Single().Rows()
            .Select(row => $"{row[0]}: {row[1]}").ShouldBe(["1: old", "2: loaded", "4: streamed"]);
    }

    private static Table Tsv(string table, params string[] lines) => DelimitedFile.ReadTsv(table, Encoding.UTF8.GetBytes(string.Concat(lines)), EventTable.Columns);

    private static IEnumerable<string> Mixtures()
    {
        const string Session = """{"schema":"iglu:com.snowplowanalytics.snowplow/client_session/jsonschema/1-0-2","data":{"userId":"USER","sessionId":"SESSION","sessionIndex":1}}""";
        const string Page = """{"schema":"iglu:com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0","data":{"id":"p"}}""";
        string[] entities = ["", Page, $"{Page},{Session.Replace("USER", "c", StringComparison.Ordinal).Replace("SESSION", "cs", StringComparison.Ordinal)}", Session.Replace("USER", Zero, StringComparison.Ordinal).Replace("SESSION", Zero, StringComparison.Ordinal), Session.Replace("com.snowplowanalytics.snowplow/client", "com.acme/client", StringComparison.Ordinal)];
        return
            from domain in new[] { "", Zero, "d" }
            from network in new[] { "", Zero, "n" }
            from login in new[] { "", "Зоя" }
            from address in new[] { "", "unknown", "203.0.113.7" }
            from session in new[] { "", Zero, "s" }
            from entity in entities
            select Line(
                ("event_id", $"{domain}|{network}|{login}|{address}|{session}|{Array.IndexOf(entities, entity)}"),
                ("event", "page_view"),
                ("collector_tstamp", "2026-01-01 10:00:00.000"),
                ("domain_userid", domain),
                ("network_userid", network),
                ("user_id", login),
                ("user_ipaddress", address),
                ("useragent", "Mozilla/5.0"),
                ("domain_sessionid", session),
                ("contexts", entity.Length == 0 ? "" : $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{{entity}}]}"""));
    }

    private static string Line(params (string Name, string Value)[] fields)
    {
        var values = fields.ToDictionary(field => field.Name, field => field.Value);
        return string.Join('\t', EventTable.Columns.Select(column => values.GetValueOrDefault(column.Name, ""))) + "\n";
    }

    private static MemoryTable Rows(string table, params string[] lines) => JsonLinesFile.Read(
        table,
        JsonLinesFile.Lines(Encoding.UTF8.GetBytes(string.Join('\n', lines))),
        KustoScripts.Platform.Single(platform => $"{platform.Name}_rows" == table).Columns);

    private static IEnumerable<object?[]> Run(Database database, string query) => new KqlEngine(database).Run(query, new QueryOptions()).Single().Rows();
}
