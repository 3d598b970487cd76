using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Snowplow.Model.Users;

namespace Snowplow.Model.Sessions;

/// <summary>What the users of a session are told of its row.</summary>
public sealed record SessionSummary
{
    /// <summary>The session as its user lists it.</summary>
    [JsonPropertyName("s")]
    public required UserSession Session { get; init; }

    /// <summary>The session's user, or null where it is nobody's.</summary>
    [JsonPropertyName("u")]
    public string? UserKey { get; init; }

    /// <summary>Users to whom earlier versions of the row gave the session: they have to be told.</summary>
    [JsonPropertyName("f")]
    public ImmutableArray<string> FormerUserKeys { get; init; } = [];

    /// <summary>The session that has this one's events, or null.</summary>
    [JsonPropertyName("m")]
    public string? MergedInto { get; init; }

    internal static SessionSummary Of(Session session, SessionMeasures measures, bool isServerCut) => new()
    {
        Session = UserSession.Of(session, session.WrittenId!, measures, isServerCut),
        UserKey = session.Owner!.UserKey,
        FormerUserKeys = session.FormerUserKeys is null ? [] : [.. session.FormerUserKeys],
    };

    internal static SessionSummary Of(MergedSession merged, string userKey) => new()
    {
        Session = UserSession.Of(merged),
        UserKey = userKey,
        MergedInto = merged.Into,
    };
}
