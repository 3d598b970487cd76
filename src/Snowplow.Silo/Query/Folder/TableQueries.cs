using System.Collections.Immutable;
using Snowplow.Events.Enriched;
using Snowplow.Model;

namespace Snowplow.Silo.Query.Folder;

/// <summary>
/// The queries that make tables for analysts of all rows that were ever written (docs/tables.md, "How to read them"): the newest
/// version of each row, one of several copies, and nothing of forgotten people.
/// </summary>
internal static class TableQueries
{
    /// <summary>What the table of all rows of a table is called.</summary>
    public const string Rows = "_rows";

    // A revision is far below it, and a generation times it far below the greatest long.
    private const string Version = "model_generation * 1000000000000 + revision";

    private static readonly ImmutableArray<string> OfSessions = ["sessions", "views"];
    private static readonly ImmutableArray<string> OfUsers = ["users", "user_mapping", "consent_users"];

    /// <summary>The query of the enriched events.</summary>
    public static string Events =>
        $"events{Rows} | summarize arg_min(collector_tstamp, *) by event_id | project {Names(Enumerable.Range(0, EventFields.Count).Select(i => EventFields.Name((EventField)i)))}";

    /// <summary>The query of a table of the models.</summary>
    public static string Of(ModelTable table)
    {
        var (key, columns) = (Names(table.Key), Names(table.Columns.Select(column => column.Name)));
        if (!table.IsVersioned)
            return $"{table.Name}{Rows} | sort by derived_tstamp asc, collector_tstamp asc | summarize arg_min(derived_tstamp, *) by {key}{WithoutForgottenEvents} | project {columns}";
        var newest = $"{table.Name}{Rows} | extend version = {Version} | summarize arg_max(version, *) by {key}";
        if (table.Name == "sessions") newest += " | where isempty(merged_into)";
        if (OfSessions.Contains(table.Name)) newest += WithoutForgotten("session", "session_key");
        if (OfUsers.Contains(table.Name)) newest += WithoutForgotten("user", "user_key");
        return $"{newest} | project {columns}";
    }

    // Some, such as kind, are words of the language too.
    private static string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"['{column}']"));

    private static string WithoutForgotten(string kind, string key) =>
        $" | join kind=leftouter (forgotten{Rows} | where ['kind'] == '{kind}' | summarize least = max({Version}) by {key} = ['key']) on {key} | where isnull(least) or version >= least";

    private static string WithoutForgottenEvents =>
        $" | extend holder = iff(isempty(user_key), session_key, user_key) | join kind=leftouter (forgotten{Rows} | summarize gone = max(forgotten_at) by holder = ['key']) on holder | where isnull(gone) or collector_tstamp > gone";
}
