using System.Text.Json;
using Snowplow.Model.Users;

namespace Snowplow.Model.Rows;

/// <summary>Writes the rows of users, by the rules of <see cref="UserColumns"/>, <see cref="UserMappingColumns"/> and <see cref="ConsentUserColumns"/>.</summary>
internal static class UserRows
{
    public static void WriteUser(this RowLines lines, UserState user)
    {
        var activity = user.Activity;
        var (login, sums, last) = (activity.Login?.UserId, user.Sessions.Sums, user.Sessions.Listed is [.., var latest] ? latest : null);
        lines.Begin();
        var row = lines.Row;
        WriteKey(row, user);
        row.Text("user_id"u8, login);
        row.Texts("user_ids"u8, activity.UserIds.Values);
        row.Texts("device_identifiers"u8, activity.DeviceIdentifiers.Values);
        row.Texts("network_userids"u8, activity.NetworkUserids.Values);
        row.Text("stitched_user_id"u8, login ?? UserKey.Identifier(user.Key));
        row.Time("start_tstamp"u8, activity.StartMs);
        row.Time("end_tstamp"u8, activity.EndMs);
        row.WriteBoolean("on_web"u8, activity.OnWeb);
        row.WriteBoolean("on_mobile"u8, activity.OnMobile);
        row.WriteNumber("sessions"u8, user.Sessions.Count);
        row.WriteNumber("active_days"u8, user.Sessions.ActiveDays);
        row.WriteNumber("views"u8, sums.Views);
        row.WriteNumber("engaged_time_in_s"u8, sums.EngagedTimeInS);
        row.WriteNumber("absolute_time_in_s"u8, sums.AbsoluteTimeInS);
        row.WriteNumber("app_errors"u8, sums.AppErrors);
        row.WriteNumber("fatal_app_errors"u8, sums.FatalAppErrors);
        row.WriteNumber("page_views"u8, activity.Counts.PageViews);
        row.WriteNumber("total_events"u8, activity.Counts.Total);
        row.WritePropertyName("event_counts"u8);
        activity.Counts.ByName.WriteTo(row);
        row.Touches(activity.Entry!, activity.Exit!);
        row.Text("last_mkt_medium"u8, last?.MktMedium);
        row.Text("last_mkt_source"u8, last?.MktSource);
        row.Text("last_mkt_campaign"u8, last?.MktCampaign);
        row.Text("last_default_channel_group"u8, last?.DefaultChannelGroup);
        row.WritePropertyName("session_list"u8);
        JsonSerializer.Serialize(row, user.Sessions.ToImmutable(), ModelJson.UserSessions);
        row.Texts("identities"u8, user.HeldIdentities.Select(identity => identity.Key));
        row.Texts("inexact_columns"u8, Inexact(user));
        row.WriteNumber("model_version"u8, user.RulesVersion);
        WriteVersion(row, user, user.Revision);
        lines.End();
    }

    public static void WriteMapping(this RowLines lines, UserState user)
    {
        lines.Begin();
        var row = lines.Row;
        WriteKey(row, user);
        row.WriteString("user_id"u8, user.Activity.Login!.UserId);
        row.Time("end_tstamp"u8, user.Activity.Login.Order.DerivedMs);
        WriteVersion(row, user, user.LoginMark.Revision);
        lines.End();
    }

    public static void WriteConsent(this RowLines lines, UserState user)
    {
        var (consent, last) = (user.Consent!, user.Consent!.Last);
        lines.Begin();
        var row = lines.Row;
        WriteKey(row, user);
        row.Text("geo_country"u8, last?.GeoCountry);
        row.WriteNumber("cmp_events"u8, consent.CmpEvents);
        row.WriteNumber("consent_events"u8, consent.ConsentEvents);
        row.Time("last_cmp_event_tstamp"u8, consent.LastCmpMs);
        row.Time("last_consent_event_tstamp"u8, last?.Order.DerivedMs);
        row.Text("last_consent_event_type"u8, last?.EventType);
        WriteJson(row, "last_consent_scopes"u8, last?.Scopes);
        row.Text("last_consent_version"u8, last?.Version);
        row.Text("last_consent_url"u8, last?.Url);
        WriteJson(row, "last_domains_applied"u8, last?.Domains);
        row.Text("last_processing_basis"u8, last?.Basis);
        row.Texts("inexact_columns"u8, last?.LeftOut ?? []);
        WriteVersion(row, user, consent.Mark.Revision);
        lines.End();
    }

    // Once sessions have left the list, what changes of them later is not followed.
    private static readonly string[] SessionColumns =
        ["session_list", "sessions", "active_days", "views", "engaged_time_in_s", "absolute_time_in_s", "app_errors", "fatal_app_errors"];

    private static void WriteKey(Utf8JsonWriter row, UserState user)
    {
        row.WriteString("user_key"u8, user.Key);
        row.WriteString("user_identifier"u8, UserKey.Identifier(user.Key));
    }

    private static void WriteVersion(Utf8JsonWriter row, UserState user, long revision)
    {
        row.WriteNumber("model_generation"u8, user.Generation);
        row.WriteNumber("revision"u8, revision);
    }

    private static void WriteJson(Utf8JsonWriter row, ReadOnlySpan<byte> name, string? json)
    {
        if (json is null) return;
        row.WritePropertyName(name);
        row.WriteRawValue(json, skipInputValidation: true);
    }

    private static IEnumerable<string> Inexact(UserState user)
    {
        if (!user.Activity.UserIds.IsExact) yield return "user_ids";
        if (!user.Activity.DeviceIdentifiers.IsExact) yield return "device_identifiers";
        if (!user.Activity.NetworkUserids.IsExact) yield return "network_userids";
        if (user.Identities is { IsExact: false }) yield return "identities";
        if (!user.Activity.Counts.ByName.IsExact) yield return "event_counts";
        if (user.Sessions.Earlier == 0) yield break;
        foreach (var column in SessionColumns) yield return column;
    }
}
