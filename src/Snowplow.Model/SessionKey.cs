using System.Globalization;

namespace Snowplow.Model;

/// <summary>
/// The key of a session grain: <c>s:</c> and the client's session id (<c>client_session.sessionId</c>, else
/// <c>domain_sessionid</c>), or for events that have none the user key, under which the server cuts sessions.
/// </summary>
/// <remarks>
/// A server-cut session is identified by <c>{user key}~{time of its first event}</c>, <c>yyyyMMddTHHmmssfffZ</c>. If that
/// event came so late that its place in time had been given up (<see cref="Sessions.SessionRules.Lateness"/>), <c>~</c> and 8 hex
/// digits of a hash of the event follow, so that it can never take the row of an older session.
/// </remarks>
public static class SessionKey
{
    /// <summary>The prefix of the keys of client sessions.</summary>
    public const string ClientPrefix = "s:";

    /// <summary>The most characters of an id that a state keeps beside its key.</summary>
    internal const int MaxIdLength = 255;

    private const string TimeFormat = "yyyyMMdd'T'HHmmssfff'Z'";
    private const int TimeLength = 19;
    private const int LateMarkLength = 9;

    /// <summary>Whether a grain by this key holds one client session rather than a user's server-cut ones.</summary>
    public static bool IsClientSession(string sessionKey) => sessionKey.StartsWith(ClientPrefix, StringComparison.Ordinal);

    /// <summary>The key of the grain that holds a session, from the session's identifier.</summary>
    public static string OfSession(string sessionIdentifier)
    {
        var userKey = WithoutTime(sessionIdentifier)
            ?? (sessionIdentifier.Length > LateMarkLength ? WithoutTime(sessionIdentifier[..^LateMarkLength]) : null);
        return userKey ?? ClientPrefix + sessionIdentifier;
    }

    internal static string ServerCut(string userKey, long startMs, uint? lateMark)
    {
        var start = DateTimeOffset.FromUnixTimeMilliseconds(startMs);
        var id = string.Create(CultureInfo.InvariantCulture, $"{userKey}~{start.ToString(TimeFormat, CultureInfo.InvariantCulture)}");
        return lateMark is { } mark ? string.Create(CultureInfo.InvariantCulture, $"{id}~{mark:x8}") : id;
    }

    /// <summary>The time of the first event of a server-cut session by its id, in milliseconds since 1970.</summary>
    internal static long StartMs(string id, string userKey) =>
        DateTimeOffset.ParseExact(
            id.AsSpan(userKey.Length + 1, TimeLength), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUnixTimeMilliseconds();

    private static string? WithoutTime(string id)
    {
        var at = id.Length - TimeLength - 1;
        return at > 0 && id[at] == '~' && UserKey.IsKey(id[..at])
            && DateTimeOffset.TryParseExact(id.AsSpan(at + 1), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _)
            ? id[..at]
            : null;
    }
}
