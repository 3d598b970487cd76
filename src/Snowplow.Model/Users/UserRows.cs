namespace Snowplow.Model.Users;

/// <summary>Makes the rows of users, by the rules of <see cref="UserColumns"/>.</summary>
internal static class UserRows
{
    public static UserRow ToRow(this UserState user)
    {
        var activity = user.Activity;
        var (entry, exit) = (activity.Entry!, activity.Exit!);
        return new UserRow
        {
            UserKey = user.Key,
            UserIdentifier = UserKey.Identifier(user.Key),
            UserId = activity.Login?.UserId,
            UserIds = activity.UserIds.Values,
            DeviceIdentifiers = activity.DeviceIdentifiers.Values,
            NetworkUserids = activity.NetworkUserids.Values,
            AppId = entry.AppId,
            Platform = entry.Platform,
            StartTstamp = UtcTimeConverter.FromMilliseconds(activity.StartMs),
            EndTstamp = UtcTimeConverter.FromMilliseconds(activity.EndMs),
            Sessions = user.Sessions.Count,
            PageViews = activity.Counts.PageViews,
            TotalEvents = activity.Counts.Total,
            EventCounts = activity.Counts.ByName.ToImmutable(),
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
            SessionList = user.Sessions.ToImmutable(),
            InexactColumns = [.. InexactColumns(user)],
            Revision = user.Revision,
        };
    }

    private static IEnumerable<string> InexactColumns(UserState user)
    {
        if (!user.Activity.UserIds.IsExact) yield return "user_ids";
        if (!user.Activity.DeviceIdentifiers.IsExact) yield return "device_identifiers";
        if (!user.Activity.NetworkUserids.IsExact) yield return "network_userids";
        if (!user.Activity.Counts.ByName.IsExact) yield return "event_counts";
        if (user.Sessions.Earlier > 0) yield return "session_list";
    }
}
