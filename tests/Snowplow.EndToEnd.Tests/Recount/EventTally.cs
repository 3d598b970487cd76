using System.Globalization;
using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Enriched;

namespace Snowplow.EndToEnd.Tests.Recount;

/// <summary>Counts over some enriched events, as columns of session and user rows.</summary>
/// <param name="Events">The events, at least one.</param>
internal sealed record EventTally(IReadOnlyList<TsvEvent> Events)
{
    private const int HeartbeatSeconds = 10;
    private const int MinVisitSeconds = 5;

    private static readonly string[] PageEvents = ["page_view", "page_ping", "screen_view"];

    /// <summary>The events' order: derived_tstamp, dvce_created_tstamp (missing first), event_id.</summary>
    public static IComparer<TsvEvent> Order { get; } = Comparer<TsvEvent>.Create((a, b) =>
        (a.Time, a["dvce_created_tstamp"], a.Id).CompareTo((b.Time, b["dvce_created_tstamp"], b.Id)));

    /// <summary>When the first event happened.</summary>
    public DateTimeOffset Start => Events.Min(e => e.Time);

    /// <summary>When the last event happened.</summary>
    public DateTimeOffset End => Events.Max(e => e.Time);

    /// <summary>The columns that sessions and users have in common.</summary>
    public JsonObject Columns() => new()
    {
        ["start_tstamp"] = Text(Start),
        ["end_tstamp"] = Text(End),
        ["page_views"] = Events.Count(e => e["event_name"] == "page_view"),
        ["total_events"] = Events.Count,
        ["event_counts"] = new JsonObject(
            from e in Events
            group e by e["event_name"] into named
            orderby named.Key
            select KeyValuePair.Create(named.Key, (JsonNode?)named.Count())),
    };

    /// <summary>The columns of a session.</summary>
    public JsonObject SessionColumns()
    {
        var columns = Columns();
        var owner = Events.Where(e => EventIdentity.UserKey(e) is not null).Order(Order).FirstOrDefault();
        columns["user_key"] = owner is null ? null : EventIdentity.UserKey(owner);
        columns["views"] = Events.Select(EventIdentity.ViewId).Where(id => id is not null).Distinct().Count();
        columns["engaged_time_in_s"] = EngagedSeconds();

        // A session that begins with a ping began before it: the tracker waits for the minimum visit length.
        var entry = Events.Where(e => PageEvents.Contains(e["event_name"])).Order(Order).FirstOrDefault();
        if (entry?["event_name"] == "page_ping") columns["start_tstamp"] = Text(Start.AddSeconds(-MinVisitSeconds));
        return columns;
    }

    private int EngagedSeconds()
    {
        var heartbeats = Events.Where(e => e["event_name"] == "page_ping")
            .Select(ping => (View: EventIdentity.ViewId(ping), Heartbeat: Created(ping).ToUnixTimeSeconds() / HeartbeatSeconds))
            .Distinct()
            .ToList();
        var views = heartbeats.Select(heartbeat => heartbeat.View).Distinct().Count();
        return (HeartbeatSeconds * (heartbeats.Count - views)) + (MinVisitSeconds * views);
    }

    private static DateTimeOffset Created(TsvEvent e) => e["dvce_created_tstamp"] is { Length: > 0 } created ? TsvEvent.ParseTime(created) : e.Time;

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
