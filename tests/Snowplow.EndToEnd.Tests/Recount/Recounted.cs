using System.Globalization;
using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Enriched;

namespace Snowplow.EndToEnd.Tests.Recount;

/// <summary>
/// Sessions and users counted from enriched events alone, without anything of the product: what the rows must say in these
/// columns once all is finished.
/// </summary>
/// <param name="Sessions">Columns by session_identifier.</param>
/// <param name="Users">Columns by user_key.</param>
internal sealed record Recounted(IReadOnlyDictionary<string, JsonObject> Sessions, IReadOnlyDictionary<string, JsonObject> Users)
{
    private static readonly TimeSpan InactivityGap = TimeSpan.FromMinutes(30);

    /// <summary>Counts.</summary>
    /// <param name="events">Distinct events in any order.</param>
    public static Recounted Of(IReadOnlyCollection<TsvEvent> events)
    {
        var sessions = new Dictionary<string, JsonObject>();
        foreach (var session in events.ToLookup(EventIdentity.ClientSessionId))
        {
            if (session.Key is null) continue;
            sessions[session.Key] = new EventTally([.. session]).SessionColumns();
            sessions[session.Key]["is_server_cut"] = false;
        }

        foreach (var user in events.Where(e => EventIdentity.ClientSessionId(e) is null).ToLookup(EventIdentity.UserKey))
        {
            if (user.Key is null) continue;
            foreach (var session in Cut(user))
            {
                var id = $"{user.Key}~{session.Start.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture)}";
                sessions[id] = session.SessionColumns();
                sessions[id]["is_server_cut"] = true;
            }
        }

        var users = new Dictionary<string, JsonObject>();
        foreach (var user in events.ToLookup(EventIdentity.UserKey))
        {
            if (user.Key is null) continue;
            users[user.Key] = new EventTally([.. user]).Columns();
            users[user.Key]["sessions"] = sessions.Values.Count(session => session["user_key"]?.GetValue<string>() == user.Key);
        }

        return new Recounted(sessions, users);
    }

    /// <summary>The columns in which a row differs from what was counted, in words.</summary>
    public static IEnumerable<string> Differences(JsonObject counted, JsonNode row) =>
        from column in counted
        where !JsonNode.DeepEquals(column.Value, row[column.Key])
        select $"{column.Key} is {row[column.Key]?.ToJsonString() ?? "null"} instead of {column.Value?.ToJsonString() ?? "null"}";

    private static IEnumerable<EventTally> Cut(IEnumerable<TsvEvent> events)
    {
        List<TsvEvent> session = [];
        foreach (var e in events.Order(EventTally.Order))
        {
            if (session.Count > 0 && e.Time - session[^1].Time > InactivityGap)
            {
                yield return new EventTally(session);
                session = [];
            }

            session.Add(e);
        }

        yield return new EventTally(session);
    }
}
