using Snowplow.Model.Events;

namespace Snowplow.Model.Sessions;

/// <summary>Makes the rows of sessions, by the rules of <see cref="SessionColumns"/>.</summary>
internal static class SessionRows
{
    public static SessionRow ToRow(this Session session, string id, bool isServerCut, SessionRules rules)
    {
        var (owner, entry, exit) = (session.Owner!, session.Entry!, session.Exit!);
        var startMs = entry.Kind == EventKind.PagePing ? session.StartMs - rules.MinVisitLengthMs : session.StartMs;
        var engagedSeconds = rules.EngagedSeconds(session.Pings.Count, session.Pings.Views);
        return new SessionRow
        {
            SessionIdentifier = id,
            UserKey = owner.UserKey,
            UserIdentifier = owner.UserKey is { } userKey ? Model.UserKey.Identifier(userKey) : null,
            UserId = session.Login?.UserId,
            DomainUserid = owner.DomainUserid,
            NetworkUserid = owner.NetworkUserid,
            AppId = entry.AppId,
            Platform = entry.Platform,
            DeviceSessionIndex = entry.DeviceSessionIndex,
            IsServerCut = isServerCut,
            StartTstamp = UtcTimeConverter.FromMilliseconds(startMs),
            EndTstamp = UtcTimeConverter.FromMilliseconds(session.EndMs),
            Views = session.Views.Count,
            PageViews = session.Counts.PageViews,
            TotalEvents = session.Counts.Total,
            EventCounts = session.Counts.ByName.ToImmutable(),
            EngagedTimeInS = engagedSeconds,
            AbsoluteTimeInS = (session.EndMs - startMs) / 1000,
            IsEngaged = session.Views.Count >= 2 || engagedSeconds >= 2 * (long)rules.Heartbeat.TotalSeconds,
            FirstPageTitle = entry.Page?.Title,
            FirstPageUrl = entry.Page?.Url,
            FirstPageUrlhost = entry.Page?.Urlhost,
            FirstPageUrlpath = entry.Page?.Urlpath,
            LastPageTitle = exit.Page?.Title,
            LastPageUrl = exit.Page?.Url,
            LastPageUrlhost = exit.Page?.Urlhost,
            LastPageUrlpath = exit.Page?.Urlpath,
            MktMedium = entry.Source?.MktMedium,
            MktSource = entry.Source?.MktSource,
            MktTerm = entry.Source?.MktTerm,
            MktContent = entry.Source?.MktContent,
            MktCampaign = entry.Source?.MktCampaign,
            MktClickid = entry.Source?.MktClickid,
            MktNetwork = entry.Source?.MktNetwork,
            PageReferrer = entry.Source?.PageReferrer,
            RefrMedium = entry.Source?.RefrMedium,
            RefrSource = entry.Source?.RefrSource,
            RefrTerm = entry.Source?.RefrTerm,
            RefrUrlhost = entry.Source?.RefrUrlhost,
            GeoCountry = entry.GeoCountry,
            Useragent = entry.Useragent,
            FormerUserKeys = [.. session.FormerUserKeys ?? []],
            InexactColumns = [.. InexactColumns(session)],
            Revision = session.Mark.Revision,
        };
    }

    public static SessionRow ToRow(this MergedSession merged, string userKey) => new()
    {
        SessionIdentifier = merged.Id,
        UserKey = userKey,
        UserIdentifier = Model.UserKey.Identifier(userKey),
        IsServerCut = true,
        StartTstamp = UtcTimeConverter.FromMilliseconds(merged.AtMs),
        EndTstamp = UtcTimeConverter.FromMilliseconds(merged.AtMs),
        MergedInto = merged.Into,
        Revision = merged.Mark.Revision,
    };

    private static IEnumerable<string> InexactColumns(Session session)
    {
        if (!session.Views.IsExact) yield return "views";
        if (!session.Counts.ByName.IsExact) yield return "event_counts";
        if (!session.Pings.IsExact) yield return "engaged_time_in_s";
    }
}
