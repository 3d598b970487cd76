using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Snowplow.Model.Forgetting;
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

    /// <summary>The session that has this one's first event, or null.</summary>
    [JsonPropertyName("m")]
    public string? MergedInto { get; init; }

    /// <summary>The greatest collector_tstamp of the session's events, in milliseconds since 1970; of one merged away, the greatest number, as it adds nothing.</summary>
    [JsonPropertyName("c")]
    public long CollectedMs { get; init; } = long.MinValue;

    internal static SessionSummary Of(Session session, SessionMeasures measures, bool isServerCut, List<string>? toldOfEnd) => new()
    {
        Session = UserSession.Of(session, session.WrittenId!, measures, isServerCut),
        UserKey = session.Owner!.UserKey,
        CollectedMs = session.CollectedMs,
        FormerUserKeys = [.. session.FormerUserKeys ?? [], .. toldOfEnd ?? []],
    };

    // Nobody's any more.
    internal static SessionSummary Of(Forgotten forgotten, string id) => new()
    {
        Session = UserSession.Of(forgotten, id),
        FormerUserKeys = [.. forgotten.Users!],
        CollectedMs = forgotten.AtMs,
    };

    internal static SessionSummary Of(MergedSession merged, string userKey) => new()
    {
        Session = UserSession.Of(merged),
        UserKey = userKey,
        MergedInto = merged.Into,
        CollectedMs = long.MaxValue,
    };
}
