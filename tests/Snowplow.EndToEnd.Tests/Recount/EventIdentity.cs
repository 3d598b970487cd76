using System.Security.Cryptography;
using System.Text;
using Snowplow.EndToEnd.Tests.Enriched;

namespace Snowplow.EndToEnd.Tests.Recount;

/// <summary>
/// Whose an enriched event is and which session's, by the rules of ARCHITECTURE.md §4 ("Model only what has landed"), read
/// from the line alone.
/// </summary>
internal static class EventIdentity
{
    private const string ClientSession = "com.snowplowanalytics.snowplow/client_session";
    private const string Nobody = "00000000-0000-0000-0000-000000000000";

    /// <summary>The key of the event's user, or null where it has none.</summary>
    public static string? UserKey(TsvEvent e)
    {
        (char Kind, string? Id)[] ids =
        [
            ('d', OfClientSession(e, "userId")), ('d', e["domain_userid"]), ('n', e["network_userid"]), ('u', e["user_id"]),
        ];
        var known = ids.FirstOrDefault(id => IsKnown(id.Id));
        if (known.Id is not null) return $"{known.Kind}:{known.Id}";

        // The all-zero id stands for anonymity, which address and user agent must not undo.
        var isAnonymous = ids.Any(id => id.Id == Nobody);
        return isAnonymous || e["user_ipaddress"] is "" or "unknown" ? null : $"h:{Hash(e)}";
    }

    /// <summary>The session id that the client gave, or null where it gave none.</summary>
    public static string? ClientSessionId(TsvEvent e) =>
        new[] { OfClientSession(e, "sessionId"), e["domain_sessionid"] }.FirstOrDefault(IsKnown);

    /// <summary>The page or screen that the event belongs to, or null; a view that has no id is its own.</summary>
    public static string? ViewId(TsvEvent e)
    {
        var ofEvent = e["event_name"] == "screen_view" ? e.SelfDescribed("com.snowplowanalytics.mobile/screen_view") : null;
        var views = e.Entities("com.snowplowanalytics.snowplow/web_page").Append(ofEvent)
            .Concat(e.Entities("com.snowplowanalytics.mobile/screen"));
        return views.Select(view => view?["id"]?.GetValue<string>()).FirstOrDefault(id => !string.IsNullOrEmpty(id))
            ?? (e["event_name"] is "page_view" or "screen_view" ? e.Id : null);
    }

    private static string? OfClientSession(TsvEvent e, string property) =>
        e.Entities(ClientSession).FirstOrDefault()?[property]?.GetValue<string>();

    private static bool IsKnown(string? id) => !string.IsNullOrEmpty(id) && id != Nobody;

    private static string Hash(TsvEvent e) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{e["user_ipaddress"]}\t{e["useragent"]}")).AsSpan(0, 16));
}
