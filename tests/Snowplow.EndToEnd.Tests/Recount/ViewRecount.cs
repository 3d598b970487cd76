using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Enriched;

namespace Snowplow.EndToEnd.Tests.Recount;

/// <summary>What the tables beside sessions and users must say, counted from enriched events alone.</summary>
internal static class ViewRecount
{
    private static readonly string[] ViewEvents = ["page_view", "screen_view"];

    /// <summary>Columns of views by session_key and view_id. Of server-cut sessions only the view's own event is looked at.</summary>
    public static Dictionary<string, JsonObject> Views(IReadOnlyCollection<TsvEvent> events)
    {
        var views = new Dictionary<string, JsonObject>();
        foreach (var session in events.Where(e => SessionKey(e) is not null).GroupBy(e => SessionKey(e)!))
        {
            var own = session.Where(e => ViewEvents.Contains(e["event_name"])).Order(EventTally.Order).DistinctBy(EventIdentity.ViewId).ToList();
            foreach (var (e, index) in own.Select((e, index) => (e, index)))
            {
                var view = new JsonObject { ["event_id"] = e.Id, ["page_url"] = e["page_url"] is "" ? null : e["page_url"] };
                if (EventIdentity.ClientSessionId(e) is { } id)
                {
                    view["session_identifier"] = id;
                    view["view_in_session_index"] = index + 1;
                    view["views_in_session"] = own.Count;
                }

                views[$"{session.Key} {EventIdentity.ViewId(e)}"] = view;
            }
        }

        return views;
    }

    /// <summary>Columns of user_mapping by user_key.</summary>
    public static Dictionary<string, JsonObject> UserMapping(IReadOnlyCollection<TsvEvent> events) =>
        events.Where(e => EventIdentity.UserKey(e) is not null && e["user_id"] != "").GroupBy(e => EventIdentity.UserKey(e)!)
            .ToDictionary(user => user.Key, user => new JsonObject { ["user_id"] = user.Order(EventTally.Order).Last()["user_id"] });

    /// <summary>Columns of a table of events by event_id.</summary>
    public static Dictionary<string, JsonObject> EventRows(IReadOnlyCollection<TsvEvent> events, params string[] names) =>
        events.Where(e => names.Contains(e["event_name"])).DistinctBy(e => e.Id).ToDictionary(e => e.Id, e => new JsonObject
        {
            ["event_name"] = e["event_name"],
            ["user_key"] = EventIdentity.UserKey(e),
            ["session_key"] = SessionKey(e),
        });

    private static string? SessionKey(TsvEvent e) =>
        EventIdentity.ClientSessionId(e) is { } id ? $"s:{id}" : EventIdentity.UserKey(e);
}
