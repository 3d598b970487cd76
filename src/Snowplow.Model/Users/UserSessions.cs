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

    /// <summary>Sums over the earlier ones, as their rows were when they left the list.</summary>
    [JsonPropertyName("es")]
    public SessionSums EarlierSums { get; set; } = new();

    /// <summary>Distinct dates (UTC) on which earlier ones began.</summary>
    [JsonPropertyName("ed")]
    public long EarlierDays { get; set; }

    [JsonIgnore]
    public long Count => Earlier + Listed.Count;

    /// <summary>Sums over all sessions.</summary>
    [JsonIgnore]
    public SessionSums Sums => Listed.Aggregate(EarlierSums, (sums, session) => sums.With(session));

    /// <summary>Distinct dates (UTC) on which sessions began.</summary>
    [JsonIgnore]
    public long ActiveDays
    {
        get
        {
            var (days, last) = (EarlierDays, Horizon is { } horizon ? DayOf(horizon.StartMs) : long.MinValue);
            foreach (var session in Listed)
            {
                var day = DayOf(session.StartTstamp.ToUnixTimeMilliseconds());
                if (day != last) days++;
                last = day;
            }

            return days;
        }
    }

    /// <summary>Takes what a session's row tells; says whether that changed anything.</summary>
    public bool Take(SessionSummary row, string userKey)
    {
        var session = row.Session;
        var gone = Gone.FindIndex(left => left.Id == session.SessionIdentifier);
        var known = Listed.FindIndex(listed => listed.SessionIdentifier == session.SessionIdentifier);
        if (gone >= 0 && Gone[gone].Revision >= session.Revision) return false;
        if (known >= 0 && Listed[known].Revision >= session.Revision) return false;

        if (gone >= 0) Gone.RemoveAt(gone);
        if (known >= 0) Listed.RemoveAt(known);
        if (row.MergedInto is not null || row.UserKey != userKey)
        {
            if (Gone.Count == MaxGone) Gone.RemoveAt(0);
            Gone.Add(new GoneSession(session.SessionIdentifier, session.Revision));
            return true;
        }

        var start = StartOf(session);
        if (Horizon is { } horizon && start.CompareTo(horizon) <= 0)
        {
            if (known >= 0) (Earlier, EarlierSums) = (Earlier + 1, EarlierSums.With(session));
            return known >= 0 || gone >= 0;
        }

        var at = Listed.FindIndex(listed => StartOf(listed).CompareTo(start) > 0);
        if (Listed.Count == 0) Listed.Capacity = 1; // Most users come once.
        Listed.Insert(at < 0 ? Listed.Count : at, session);
        if (Listed.Count > Capacity) Leave();
        return true;
    }

    public ImmutableArray<UserSession> ToImmutable() =>
        [.. Listed.Select((session, index) => session with { SessionIndex = Earlier + index + 1 })];

    private static SessionStart StartOf(UserSession session) =>
        new(session.StartTstamp.ToUnixTimeMilliseconds(), session.SessionIdentifier);

    // The first of the list joins the earlier ones.
    private void Leave()
    {
        var first = Listed[0];
        var start = StartOf(first);
        if (Horizon is null || DayOf(Horizon.Value.StartMs) != DayOf(start.StartMs)) EarlierDays++;
        Horizon = start;
        EarlierSums = EarlierSums.With(first);
        Earlier++;
        Listed.RemoveAt(0);
    }

    private static long DayOf(long unixMs) => (long)Math.Floor(unixMs / TimeSpan.FromDays(1).TotalMilliseconds);

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
