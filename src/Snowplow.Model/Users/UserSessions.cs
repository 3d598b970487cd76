using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Snowplow.Model.Sessions;

namespace Snowplow.Model.Users;

/// <summary>
/// A user's sessions as their rows told: the newest revision of each, whatever came first. The 50 latest are listed; earlier
/// ones are only counted. A row of a session that begins no later than the last one so counted is taken for one of them.
/// </summary>
internal sealed class UserSessions
{
    internal const int Capacity = 50;
    private const int MaxGone = 64;

    /// <summary>By start, then id.</summary>
    [JsonPropertyName("l")]
    public List<UserSession> Listed { get; set; } = [];

    /// <summary>How many sessions come before the listed ones.</summary>
    [JsonPropertyName("n")]
    public long Earlier { get; set; }

    /// <summary>Start and id of the last of the earlier ones.</summary>
    [JsonPropertyName("h")]
    public SessionStart? Horizon { get; set; }

    /// <summary>
    /// Sessions that were merged away or went to another user, with the revision that said so: a row that was on its way since
    /// before must not bring them back. The 64 that went last.
    /// </summary>
    [JsonPropertyName("g")]
    public List<GoneSession> Gone { get; set; } = [];

    [JsonIgnore]
    public long Count => Earlier + Listed.Count;

    /// <summary>Takes a session's row; says whether that changed anything.</summary>
    public bool Take(SessionRow row, string userKey)
    {
        var gone = Gone.FindIndex(session => session.Id == row.SessionIdentifier);
        var known = Listed.FindIndex(session => session.SessionIdentifier == row.SessionIdentifier);
        if (gone >= 0 && Gone[gone].Revision >= row.Revision) return false;
        if (known >= 0 && Listed[known].Revision >= row.Revision) return false;

        if (gone >= 0) Gone.RemoveAt(gone);
        if (known >= 0) Listed.RemoveAt(known);
        if (row.MergedInto is not null || row.UserKey != userKey)
        {
            if (Gone.Count == MaxGone) Gone.RemoveAt(0);
            Gone.Add(new GoneSession(row.SessionIdentifier, row.Revision));
            return true;
        }

        var start = new SessionStart(row.StartTstamp.ToUnixTimeMilliseconds(), row.SessionIdentifier);
        if (Horizon is { } horizon && start.CompareTo(horizon) <= 0)
        {
            if (known >= 0) Earlier++;
            return known >= 0 || gone >= 0;
        }

        var at = Listed.FindIndex(session => StartOf(session).CompareTo(start) > 0);
        Listed.Insert(at < 0 ? Listed.Count : at, Of(row));
        if (Listed.Count <= Capacity) return true;
        Horizon = StartOf(Listed[0]);
        Listed.RemoveAt(0);
        Earlier++;
        return true;
    }

    public ImmutableArray<UserSession> ToImmutable() =>
        [.. Listed.Select((session, index) => session with { SessionIndex = Earlier + index + 1 })];

    private static SessionStart StartOf(UserSession session) =>
        new(session.StartTstamp.ToUnixTimeMilliseconds(), session.SessionIdentifier);

    private static UserSession Of(SessionRow row) => new()
    {
        SessionIdentifier = row.SessionIdentifier,
        DeviceSessionIndex = row.DeviceSessionIndex,
        StartTstamp = row.StartTstamp,
        EndTstamp = row.EndTstamp,
        IsServerCut = row.IsServerCut,
        MktMedium = row.MktMedium,
        MktSource = row.MktSource,
        MktCampaign = row.MktCampaign,
        RefrMedium = row.RefrMedium,
        RefrSource = row.RefrSource,
        Revision = row.Revision,
    };

    /// <summary>The place of a session among its user's.</summary>
    internal readonly record struct SessionStart(
        [property: JsonPropertyName("s")] long StartMs,
        [property: JsonPropertyName("i")] string Id) : IComparable<SessionStart>
    {
        public int CompareTo(SessionStart other)
        {
            var byStart = StartMs.CompareTo(other.StartMs);
            return byStart != 0 ? byStart : string.CompareOrdinal(Id, other.Id);
        }
    }

    internal readonly record struct GoneSession(
        [property: JsonPropertyName("i")] string Id,
        [property: JsonPropertyName("r")] long Revision);
}
