using System.Text;
using Snowplow.Kql.Data;
using Snowplow.Kql.Schema;
using Snowplow.Model;
using Snowplow.Warehouse.Hot;

namespace Snowplow.Silo.Tests.Scripts;

/// <summary>
/// The scripts of <c>infra/kusto</c> that follow from the lists of columns: tables of what arrives, with mappings; views that hold the newest of it; and
/// the tables that analysts ask, as functions over these.
/// </summary>
internal static class TableScripts
{
    private const string Written = "// Written by tests/Snowplow.Silo.Tests/Scripts/TableScriptTests.cs from the lists of columns: change those.\n";

    private const string Version = "model_generation * 1000000000000 + revision";

    private static readonly string[] OfSessions = ["sessions", "views"];
    private static readonly string[] OfUsers = ["users", "user_mapping", "consent_users"];

    private static readonly IReadOnlyList<ModelColumn> Events = [.. EventTable.Columns.Select(column => new ModelColumn(column.Name, column.Type.Name(), ""))];

    private static readonly IReadOnlyList<ModelColumn> BadRows =
        [new("schema", "string", "Iglu URI of the kind of bad row"), new("data", "dynamic", "object: processor, failure, and payload, by that schema")];

    /// <summary>The files and their texts.</summary>
    public static IEnumerable<(string File, string Text)> All()
    {
        yield return ("tables/events_raw.kql", Table("events_raw", "An enriched event as it landed; copies of one event are several rows.", Events) + Mapping("events_raw", "csv", "enriched_tsv", EventMappingItems));
        yield return ("tables/events_recent.kql", Table("events_recent", "Events of the last minutes, streamed before they are loaded: perhaps several times, perhaps not at all.", Events) + Mapping("events_recent", "csv", "enriched_tsv", EventMappingItems));
        yield return ("functions/events.kql", Written + FunctionOfEvents());
        yield return ("functions/events_live.kql", Written + FunctionOfLiveEvents());
        yield return ("tables/bad_rows.kql", Table("bad_rows", "What could not become an event, and why.", BadRows) + JsonMapping("bad_rows", BadRows));
        foreach (var table in ModelTables.All)
        {
            var rows = $"{table.Name}_rows";
            yield return ($"tables/{rows}.kql", Table(rows, $"All rows ever written of {table.Name}. {table.Summary}", table.Columns) + JsonMapping(rows, table.Columns));
            yield return ($"views/{View(table)}.kql", Written + ViewOf(table));
            yield return ($"functions/{table.Name}.kql", Written + FunctionOf(table));
        }
    }

    private static string View(ModelTable table) => table.IsVersioned ? $"{table.Name}_newest" : $"{table.Name}_once";

    private static string Table(string name, string docString, IReadOnlyCollection<ModelColumn> columns)
    {
        var text = new StringBuilder(Written);
        text.Append($"\n.create-merge table {name} (\n    {string.Join(",\n    ", columns.Select(column => $"{Name(column.Name)}:{column.Type}"))}\n)\n");
        text.Append($"\n.alter table {name} docstring {KqlNames.Literal(docString)}\n\n.alter table {name} folder 'Raw'\n");
        var told = columns.Where(column => column.Rule.Length > 0).ToList();
        if (told.Count > 0)
            text.Append($"\n.alter-merge table {name} column-docstrings (\n    {string.Join(",\n    ", told.Select(column => $"{Name(column.Name)}: {KqlNames.Literal(column.Rule)}"))}\n)\n");
        return text.ToString();
    }

    private static IEnumerable<string> EventMappingItems => Events.Select((column, i) => $"{{\"Column\":\"{column.Name}\",\"Properties\":{{\"Ordinal\":\"{i}\"}}}}");

    private static string JsonMapping(string table, IEnumerable<ModelColumn> columns) =>
        Mapping(table, "json", "rows_json", columns.Select(column => $"{{\"Column\":\"{column.Name}\",\"Properties\":{{\"Path\":\"$['{column.Name}']\"}}}}"));

    private static string Mapping(string table, string kind, string name, IEnumerable<string> items) =>
        $"\n.create-or-alter table {table} ingestion {kind} mapping '{name}'\n```\n[\n    {string.Join(",\n    ", items)}\n]\n```\n";

    private static string ViewOf(ModelTable table)
    {
        var (key, rows) = (Names(table.Key), $"{table.Name}_rows");
        // Of equal times the one that the collector saw first counts. Texts of one length are in the order of the times that they are of.
        var body = table.IsVersioned
            ? $"    {rows}\n    | extend version = {Version}\n    | summarize arg_max(version, *) by {key}\n"
            : $"    {rows}\n    | extend place = strcat(format_datetime(derived_tstamp, 'yyyyMMddHHmmssfff'), format_datetime(collector_tstamp, 'yyyyMMddHHmmssfff'))\n    | summarize arg_min(place, *) by {key}\n";
        var docString = table.IsVersioned ? $"The newest row of each key of {rows}." : $"One row of each key of {rows}, of copies of an event the first.";
        return $"\n.create-or-alter materialized-view with (docString = {KqlNames.Literal(docString)}, folder = 'Raw') {View(table)} on table {rows}\n{{\n{body}}}\n";
    }

    private static string FunctionOf(ModelTable table)
    {
        var body = new StringBuilder($"    {View(table)}\n");
        if (table.Name == "sessions") body.Append("    | where isempty(merged_into)\n");
        if (OfSessions.Contains(table.Name)) body.Append(WithoutForgotten("session", "session_key"));
        if (OfUsers.Contains(table.Name)) body.Append(WithoutForgotten("user", "user_key"));
        if (!table.IsVersioned) body.Append(WithoutForgottenEvents);
        body.Append($"    | project\n        {string.Join(",\n        ", table.Columns.Select(column => Name(column.Name)))}\n");
        return $"\n.create-or-alter function with (docstring = {KqlNames.Literal(table.Summary)}, folder = 'Tables')\n{Name(table.Name)}()\n{{\n{body}}}\n";
    }

    private static string FunctionOfEvents() => $$"""

        .create-or-alter function with (docstring = 'An enriched event, once; without those of forgotten people.', folder = 'Tables')
        events()
        {
            let gone = forgotten_rows | summarize gone_until = max(forgotten_at) by gone_key = key;
            let gone_keys = toscalar(gone | summarize make_list(gone_key));
            let touched = event_keys | where user_key in (gone_keys) or session_key in (gone_keys);
            let gone_events = union
                (touched | project event_id, collector_tstamp, gone_key = user_key),
                (touched | project event_id, collector_tstamp, gone_key = session_key)
                | join kind=inner gone on gone_key
                | where collector_tstamp <= gone_until
                | distinct event_id;
            events_once
            | join kind=leftanti gone_events on event_id
            | project
                {{string.Join(",\n        ", Events.Select(column => column.Name))}}
        }

        """;

    // An event has one time of the collector wherever it lies, so what is loaded of a stretch of time is told from what is only streamed.
    private static string FunctionOfLiveEvents() => $$"""

        .create-or-alter function with (docstring = 'An enriched event, once, those of the last minutes included that are streamed and not loaded yet (Azure:Kusto:StreamEvents).', folder = 'Tables')
        events_live(since:timespan = 10m)
        {
            let recent = events_recent
                | where collector_tstamp > ago(since) and event != 'forget'
                | join kind=leftanti (event_keys | where collector_tstamp > ago(since)) on event_id
                | summarize arg_min(etl_tstamp, *) by event_id;
            union events, recent
            | project
                {{string.Join(",\n        ", Events.Select(column => column.Name))}}
        }

        """;

    private static string WithoutForgotten(string kind, string key) =>
        $"    | lookup kind=leftouter (\n        forgotten_rows\n        | where ['kind'] == '{kind}'\n        | summarize least_version = max({Version}) by {key} = key\n    ) on {key}\n    | where isnull(least_version) or version >= least_version\n";

    private const string WithoutForgottenEvents =
        "    | extend holder = iff(isempty(user_key), session_key, user_key)\n    | lookup kind=leftouter (\n        forgotten_rows\n        | summarize gone_until = max(forgotten_at) by holder = key\n    ) on holder\n    | where isnull(gone_until) or collector_tstamp > gone_until\n";

    private static string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(Name));

    // Those that Data Explorer takes for words of its language elsewhere.
    private static string Name(string column) => column is "kind" or "views" ? $"['{column}']" : KqlNames.Quoted(column);
}
