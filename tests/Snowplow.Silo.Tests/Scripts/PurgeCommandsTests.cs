using System.Text;
using System.Text.RegularExpressions;
using Snowplow.Kql;
using Snowplow.Kql.Data;
using Snowplow.Kql.Files;
using Snowplow.Silo.Query.Scripts;
using Snowplow.Warehouse.Hot;

namespace Snowplow.Silo.Tests.Scripts;

/// <summary>What the commands of <c>purge_commands</c> take out of Data Explorer, by their predicates over the tables and views as they are here.</summary>
public sealed partial class PurgeCommandsTests
{
    private const string Until = "2026-01-02T00:00:00Z";

    [Fact]
    public void Commands_TakeWhatIsOfForgottenPeople_AndNothingElse()
    {
        var database = AzureDatabase.Load(
            Events(("1", "d:gone", "s:gone", "2026-01-01"), ("2", "d:gone", "s:other", "2026-01-03"), ("3", "", "s:gone", "2026-01-01"), ("4", "d:ann", "s:gone", "2026-01-01"), ("5", "d:o'neil\\", "s:5", "2026-01-01")),
            EventKeys(("1", "d:gone", "s:gone", "2026-01-01"), ("2", "d:gone", "s:other", "2026-01-03"), ("3", "", "s:gone", "2026-01-01"), ("4", "d:ann", "s:gone", "2026-01-01"), ("5", "d:o'neil\\", "s:5", "2026-01-01")),
            Rows("conversions_rows", """{"event_id":"1","cv_id":"c1","user_key":"d:gone"}""", """{"event_id":"4","cv_id":"c4","user_key":"d:ann"}"""),
            Rows("users_rows",
                """{"user_key":"d:gone","model_generation":1,"revision":3}""",
                """{"user_key":"d:gone","model_generation":1,"revision":5}""",
                """{"user_key":"d:o'neil\\","model_generation":1,"revision":1}""",
                """{"user_key":"d:ann","model_generation":1,"revision":1}"""),
            Rows("sessions_rows",
                """{"session_key":"s:gone","session_identifier":"gone","model_generation":1,"revision":1}""",
                """{"session_key":"d:gone","session_identifier":"cut","model_generation":1,"revision":1}""",
                """{"session_key":"s:5","session_identifier":"5","model_generation":1,"revision":1}"""),
            Rows("forgotten_rows",
                $$"""{"kind":"user","key":"d:gone","forgotten_at":"{{Until}}","model_generation":1,"revision":4}""",
                $$"""{"kind":"session","key":"s:gone","forgotten_at":"{{Until}}","model_generation":1,"revision":4}""",
                $$"""{"kind":"user","key":"d:o'neil\\","forgotten_at":"{{Until}}","model_generation":1,"revision":4}"""));

        var taken = Commands(database).SelectMany(command => Taken(database, command)).GroupBy(row => row.From, row => row.Row).ToDictionary(rows => rows.Key, rows => string.Join(' ', rows.Order(StringComparer.Ordinal)));

        taken.ShouldBe(new Dictionary<string, string>
        {
            ["table events_raw"] = "1 3 5",
            ["materialized-view events_once"] = "1 3 5",
            ["table event_keys"] = "1 3 5",
            ["table conversions_rows"] = "1",
            ["table users_rows"] = "d:gone/3 d:o'neil\\/1",
            ["table sessions_rows"] = "s:gone/1",
        }, ignoreOrder: true);
    }

    [Fact]
    public void Commands_OfManyPeople_HaveEachLessThanAPredicateMayHave()
    {
        var keys = Enumerable.Range(0, 5_000).Select(user => (Id: $"{Guid.NewGuid()}", User: $"d:{Guid.NewGuid()}", Session: "", At: "2026-01-01")).ToArray();
        var database = AzureDatabase.Load(
            EventKeys(keys),
            Rows("forgotten_rows", [.. keys.Select(key => $$"""{"kind":"user","key":"{{key.User}}","forgotten_at":"{{Until}}","model_generation":1001,"revision":400000}""")]));

        var commands = Commands(database).ToList();

        commands.ShouldAllBe(command => command.Predicate.Length < 63_000);
        foreach (var id in keys) commands.Where(command => command.From == "table events_raw").Count(command => command.Predicate.Contains(id.Id, StringComparison.Ordinal)).ShouldBe(1);
        foreach (var id in keys) commands.Where(command => command.From == "table users_rows").Count(command => command.Predicate.Contains(id.User, StringComparison.Ordinal)).ShouldBe(1);
        commands.Select(command => command.Step).ShouldBe(commands.Select(command => command.Step).Order());
    }

    [Fact]
    public void Commands_WhereNobodyIsForgotten_AreNone() =>
        Commands(AzureDatabase.Load(EventKeys(("1", "d:ann", "s:1", "2026-01-01")), Rows("users_rows", """{"user_key":"d:ann"}"""))).ShouldBeEmpty();

    private static IEnumerable<(long Step, string From, string Predicate)> Commands(Database database) => Run(database, "purge_commands").Select(row =>
    {
        var command = Command().Match((string)row[1]!);
        command.Success.ShouldBeTrue((string)row[1]!);
        return ((long)row[0]!, command.Groups["from"].Value, command.Groups["predicate"].Value);
    });

    // What a purge would take: rows by their event, else by their key and revision.
    private static IEnumerable<(string From, string Row)> Taken(Database database, (long Step, string From, string Predicate) command)
    {
        var (name, id) = (command.From.Split(' ')[1], command.Predicate.StartsWith("event_id", StringComparison.Ordinal) ? "event_id" : $"strcat({command.Predicate[1..command.Predicate.IndexOf(' ', StringComparison.Ordinal)]}, '/', revision)");
        return Run(database, $"{name} | where {command.Predicate} | project {id}").Select(row => (command.From, (string)row[0]!));
    }

    private static Table Events(params (string Id, string User, string Session, string At)[] events) => DelimitedFile.ReadTsv(
        "events_raw",
        Encoding.UTF8.GetBytes(string.Concat(events.Select(e => string.Join('\t', EventTable.Columns.Select(column => column.Name switch
        {
            "event_id" => e.Id,
            "event" => "page_view",
            "collector_tstamp" => $"{e.At} 00:00:00.000",
            "domain_userid" => e.User.Length > 2 ? e.User[2..] : "",
            _ => "",
        })) + "\n"))),
        EventTable.Columns);

    private static MemoryTable EventKeys(params (string Id, string User, string Session, string At)[] events)
    {
        var lines = events.Select(e => System.Text.Json.JsonSerializer.Serialize(new { event_id = e.Id, collector_tstamp = $"{e.At}T00:00:00Z", user_key = e.User, session_key = e.Session }));
        return JsonLinesFile.Read("event_keys", JsonLinesFile.Lines(Encoding.UTF8.GetBytes(string.Join('\n', lines))), [("event_id", KqlType.String), ("collector_tstamp", KqlType.DateTime), ("user_key", KqlType.String), ("session_key", KqlType.String)]);
    }

    private static MemoryTable Rows(string table, params string[] lines) => JsonLinesFile.Read(
        table,
        JsonLinesFile.Lines(Encoding.UTF8.GetBytes(string.Join('\n', lines))),
        KustoScripts.Platform.Single(platform => $"{platform.Name}_rows" == table).Columns);

    private static IEnumerable<object?[]> Run(Database database, string query) => new KqlEngine(database).Run(query, new QueryOptions()).Single().Rows();

    [GeneratedRegex(@"^\.purge (?<from>(table|materialized-view) \w+) records in database \['\w+'\] with \(noregrets='true'\) <\| where (?<predicate>.+)$")]
    private static partial Regex Command();
}
