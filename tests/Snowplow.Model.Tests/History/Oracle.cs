using System.Collections.Immutable;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;

namespace Snowplow.Model.Tests.History;

/// <summary>
/// The same tables computed in batch from all events at once, by plain queries and from the documented rules alone. Versions
/// and former users, which depend on history, are left empty.
/// </summary>
internal static class Oracle
{
    private const string Zero = "00000000-0000-0000-0000-000000000000";

    public static string? UserKeyOf(TestEvent e)
    {
        string?[] ids = [e.ClientUserId, e.DomainUserid, e.NetworkUserid, e.UserId];
        var kind = Array.FindIndex(ids, id => id is not null && id != Zero);
        if (kind >= 0) return $"{"ddnu"[kind]}:{ids[kind]}";
        if (ids.Contains(Zero) || e.Ip is null or "unknown") return null;
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{e.Ip}\t{e.Useragent}"));
        return $"h:{Convert.ToHexStringLower(hash)[..32]}";
    }

    public static string? SessionKeyOf(TestEvent e) =>
        (e.ClientSessionId ?? e.DomainSessionid) is { } id ? $"s:{id}" : UserKeyOf(e);

    public static IReadOnlyList<SessionRow> Sessions(IEnumerable<TestEvent> events, SessionRules rules) =>
    [
        .. events.Where(e => SessionKeyOf(e) is not null).GroupBy(SessionKeyOf)
            .SelectMany(grain => grain.Key!.StartsWith("s:", StringComparison.Ordinal)
                ? [Session(grain.Key[2..], [.. Ordered(grain)], [.. grain], false, rules)]
                : Cut([.. Ordered(grain)], rules.InactivityGap).Select(run => Session(
                    $"{grain.Key}~{run[0].Time:yyyyMMdd'T'HHmmssfff'Z'}", run, [.. grain], true, rules))),
    ];

    public static IReadOnlyList<UserRow> Users(IReadOnlyCollection<TestEvent> events, IReadOnlyCollection<SessionRow> sessions) =>
        [.. events.Where(e => UserKeyOf(e) is not null).GroupBy(UserKeyOf).Select(user => User(user.Key!, [.. Ordered(user)], sessions))];

    private static IOrderedEnumerable<TestEvent> Ordered(IEnumerable<TestEvent> events) => events.OrderBy(e => e.Time)
        .ThenBy(e => e.Created ?? DateTimeOffset.MinValue).ThenBy(e => e.Id, StringComparer.Ordinal);

    private static IEnumerable<TestEvent[]> Cut(TestEvent[] ordered, TimeSpan gap)
    {
        var starts = Enumerable.Range(0, ordered.Length).Where(i => i == 0 || ordered[i].Time - ordered[i - 1].Time > gap).ToArray();
        return starts.Select((start, i) => ordered[start..(i + 1 < starts.Length ? starts[i + 1] : ordered.Length)]);
    }

    // The run's events are in order; of the grain's events those count whose earliest copy is in the run.
    private static SessionRow Session(string id, TestEvent[] run, TestEvent[] grain, bool isServerCut, SessionRules rules)
    {
        var counted = grain.GroupBy(e => (e.Id, e.Name)).Select(copies => copies.MinBy(e => e.Time)!)
            .Where(e => e.Time >= run[0].Time && e.Time <= run[^1].Time).ToArray();
        var entry = run.FirstOrDefault(e => e.Name is "page_view" or "page_ping" or "screen_view") ?? run[0];
        var exit = run.LastOrDefault(e => e.Name is "page_view" or "screen_view") ?? run[^1];
        var owner = run.FirstOrDefault(e => UserKeyOf(e) is not null) ?? run[0];
        var pings = run.Where(e => e.Name == "page_ping").Select(e => (ViewOf(e), Heartbeat(e, rules))).Distinct().ToArray();
        var pingedViews = pings.Select(ping => ping.Item1).Distinct().Count();
        var engaged = (long)rules.Heartbeat.TotalSeconds * (pings.Length - pingedViews) + (long)rules.MinVisitLength.TotalSeconds * pingedViews;
        var views = run.Select(ViewOf).Where(view => view is not null).Distinct().Count();
        var start = entry.Name == "page_ping" ? run[0].Time - rules.MinVisitLength : run[0].Time;
        return new SessionRow
        {
            SessionIdentifier = id,
            SessionKey = SessionKeyOf(run[0])!,
            UserKey = UserKeyOf(owner),
            UserIdentifier = UserKeyOf(owner)?[2..],
            UserId = run.LastOrDefault(e => e.UserId is not null)?.UserId,
            DomainUserid = owner.DomainUserid,
            NetworkUserid = owner.NetworkUserid,
            AppId = entry.AppId,
            Platform = entry.Platform,
            DeviceSessionIndex = entry.ClientSessionIndex ?? entry.DomainSessionidx,
            IsServerCut = isServerCut,
            StartTstamp = start,
            EndTstamp = run[^1].Time,
            Views = views,
            PageViews = counted.Count(e => e.Name == "page_view"),
            TotalEvents = counted.Length,
            EventCounts = Counts(counted),
            EngagedTimeInS = engaged,
            AbsoluteTimeInS = (long)(run[^1].Time - start).TotalSeconds,
            IsEngaged = views >= 2 || engaged >= 20,
            IsBounce = !(views >= 2 || engaged >= 20),
            FirstPageTitle = entry.Title,
            FirstPageUrl = entry.Url,
            FirstPageUrlhost = entry.Host,
            FirstPageUrlpath = entry.Path,
            LastPageTitle = exit.Title,
            LastPageUrl = exit.Url,
            LastPageUrlhost = exit.Host,
            LastPageUrlpath = exit.Path,
            MktMedium = entry.Medium,
            FirstEventName = entry.Name,
            LastEventName = exit.Name,
            MktSource = entry.Source,
            MktCampaign = entry.Campaign,
            PageReferrer = entry.Referrer,
            RefrMedium = entry.RefrMedium,
            FirstGeoCountry = entry.Country,
            LastGeoCountry = exit.Country,
            Useragent = entry.Useragent,
        };
    }

    private static UserRow User(string key, TestEvent[] ordered, IReadOnlyCollection<SessionRow> sessions)
    {
        var counted = ordered.DistinctBy(e => (e.Id, e.Name)).ToArray();
        var entry = ordered.FirstOrDefault(e => e.Name is "page_view" or "page_ping" or "screen_view") ?? ordered[0];
        var exit = ordered.LastOrDefault(e => e.Name is "page_view" or "screen_view") ?? ordered[^1];
        var own = sessions.Where(session => session.UserKey == key).OrderBy(session => session.StartTstamp)
            .ThenBy(session => session.SessionIdentifier, StringComparer.Ordinal).ToArray();
        return new UserRow
        {
            UserKey = key,
            UserIdentifier = key[2..],
            StitchedUserId = ordered.LastOrDefault(e => e.UserId is not null)?.UserId ?? key[2..],
            UserId = ordered.LastOrDefault(e => e.UserId is not null)?.UserId,
            UserIds = Recent(ordered, e => [e.UserId]),
            DeviceIdentifiers = Recent(ordered, e => [Known(e.DomainUserid), Known(e.ClientUserId)]),
            NetworkUserids = Recent(ordered, e => [Known(e.NetworkUserid)]),
            AppId = entry.AppId,
            Platform = entry.Platform,
            StartTstamp = ordered[0].Time,
            EndTstamp = ordered[^1].Time,
            Sessions = own.Length,
            PageViews = counted.Count(e => e.Name == "page_view"),
            TotalEvents = counted.Length,
            EventCounts = Counts(counted),
            FirstPageTitle = entry.Title,
            FirstPageUrl = entry.Url,
            FirstPageUrlhost = entry.Host,
            FirstPageUrlpath = entry.Path,
            LastPageTitle = exit.Title,
            LastPageUrl = exit.Url,
            LastPageUrlhost = exit.Host,
            LastPageUrlpath = exit.Path,
            MktMedium = entry.Medium,
            FirstEventName = entry.Name,
            LastEventName = exit.Name,
            MktSource = entry.Source,
            MktCampaign = entry.Campaign,
            PageReferrer = entry.Referrer,
            RefrMedium = entry.RefrMedium,
            FirstGeoCountry = entry.Country,
            LastGeoCountry = exit.Country,
            Useragent = entry.Useragent,
            SessionList = [.. own.Select((session, i) => Listed(session, i + 1)).TakeLast(50)],
            InexactColumns = own.Length > 50 ? ["session_list"] : [],
        };
    }

    private static UserSession Listed(SessionRow session, long index) => new()
    {
        SessionIdentifier = session.SessionIdentifier,
        SessionIndex = index,
        DeviceSessionIndex = session.DeviceSessionIndex,
        StartTstamp = session.StartTstamp,
        EndTstamp = session.EndTstamp,
        IsServerCut = session.IsServerCut,
        MktMedium = session.MktMedium,
        MktSource = session.MktSource,
        MktCampaign = session.MktCampaign,
        RefrMedium = session.RefrMedium,
        RefrSource = session.RefrSource,
        Revision = 0,
    };

    private static string? ViewOf(TestEvent e) => e.WebPageId ?? e.ScreenViewId ?? e.ScreenId ?? (e.Name is "page_view" or "screen_view" ? e.Id : null);

    private static long Heartbeat(TestEvent e, SessionRules rules) =>
        (e.Created ?? e.Time).ToUnixTimeSeconds() / (long)rules.Heartbeat.TotalSeconds;

    private static ImmutableSortedDictionary<string, long> Counts(IEnumerable<TestEvent> events) =>
        events.GroupBy(e => e.Name).ToImmutableSortedDictionary(name => name.Key, name => (long)name.Count(), StringComparer.Ordinal);

    private static string? Known(string? id) => id == Zero ? null : id;

    private static ImmutableArray<string> Recent(TestEvent[] ordered, Func<TestEvent, string?[]> ids) =>
    [
        .. ordered.SelectMany(e => ids(e).Select(id => (Id: id, e.Time))).Where(seen => seen.Id is not null)
            .GroupBy(seen => seen.Id!).OrderByDescending(id => id.Max(seen => seen.Time)).ThenBy(id => id.Key, StringComparer.Ordinal)
            .Select(id => id.Key).Take(16),
    ];
}
