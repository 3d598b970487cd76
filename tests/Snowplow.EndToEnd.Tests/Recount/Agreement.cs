using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Recount;

/// <summary>Holds the row files of a stopped product against a recount of its enriched files.</summary>
internal static class Agreement
{
    /// <summary>Fails unless the latest row of every session, user, view, login and event of a table says what the enriched events say, and there are no others.</summary>
    /// <returns>What was compared, for a log.</returns>
    public static string RowsShouldAgreeWithEvents(this DataFolder data)
    {
        var events = data.EnrichedEvents();
        var recounted = Recounted.Of(events);
        var sessions = LatestRows.By("session_identifier", data.SessionRows()).Where(row => row.Value["merged_into"] is null).ToDictionary();
        var users = LatestRows.By("user_key", data.UserRows());
        Differences("session", recounted.Sessions, sessions).ShouldBeEmpty();
        Differences("user", recounted.Users, users).ShouldBeEmpty();
        var views = LatestRows.By("session_key view_id", data.Rows("views"));
        Differences("view", ViewRecount.Views(events), views).ShouldBeEmpty();
        Differences("mapping", ViewRecount.UserMapping(events), LatestRows.By("user_key", data.Rows("user_mapping"))).ShouldBeEmpty();
        Differences("app error", ViewRecount.EventRows(events, "application_error"), LatestRows.By("event_id", data.Rows("app_errors"))).ShouldBeEmpty();
        Differences("web vital", ViewRecount.EventRows(events, "web_vitals"), LatestRows.By("event_id", data.Rows("web_vitals"))).ShouldBeEmpty();
        Differences("consent", ViewRecount.EventRows(events, "consent_preferences", "cmp_visible"), LatestRows.By("event_id", data.Rows("consent_log"))).ShouldBeEmpty();

        var merged = data.SessionRows().Where(row => row["merged_into"] is not null).DistinctBy(row => row["session_identifier"]!.GetValue<string>()).Count();
        var serverCut = sessions.Values.Count(row => row["is_server_cut"]!.GetValue<bool>());
        return $"{events.Count} enriched events, {data.BadRows().Count} bad rows, {sessions.Count} sessions ({serverCut} of them cut by the server, {merged} others merged away), "
            + $"{users.Count} users, {views.Count} views; rows written: {data.SessionRows().Count} of sessions, {data.UserRows().Count} of users";
    }

    private static IEnumerable<string> Differences(
        string what, IReadOnlyDictionary<string, JsonObject> counted, Dictionary<string, JsonNode> rows) =>
        counted.Keys.Except(rows.Keys).Select(key => $"{what} {key} has no row: {counted[key].ToJsonString()}")
            .Concat(rows.Keys.Except(counted.Keys).Select(key => $"{what} {key} has a row but no events: {rows[key].ToJsonString()}"))
            .Concat(from key in counted.Keys.Intersect(rows.Keys)
                    from difference in Recounted.Differences(counted[key], rows[key])
                    select $"{what} {key}: {difference}");
}
