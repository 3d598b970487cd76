using System.Collections.Immutable;
using Snowplow.Model.EventRows;
using Snowplow.Model.Forgetting;
using Snowplow.Model.Identity;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;
using Snowplow.Model.Views;

namespace Snowplow.Model;

/// <summary>All tables that the models keep.</summary>
public static class ModelTables
{
    /// <summary>The tables.</summary>
    public static readonly ImmutableArray<ModelTable> All =
    [
        new("sessions", "A visit. Rows with merged_into are of sessions that are no more.", ["session_identifier"], true, SessionColumns.All),
        new("views", "A view of a page or screen within a session.", ["session_key", "view_id"], true, ViewColumns.All),
        new("users", "A visitor as a device, cookie or login knows him.", ["user_key"], true, UserColumns.All),
        new("user_mapping", "Who logged in last on a device or cookie; no row where nobody did.", ["user_key"], true, UserMappingColumns.All),
        new("consent_users", "The latest consent of a visitor who was asked for it.", ["user_key"], true, ConsentUserColumns.All),
        new("identities", "Something that persons are known by, with the users who have it; none for users who have none.", ["identity"], true, IdentityColumns.All),
        new("identity_merges", "Two persons turned out to be one.", ["identity", "belongs_to"], true, IdentityMergeColumns.All),
        new("forgotten", "What was forgotten: rows of lesser versions, and of events of before, do not count any more.", ["kind", "key"], true, ForgottenColumns.All),
        new("consent_log", "An event consent_preferences or cmp_visible.", ["event_id"], false, ConsentColumns.All),
        new("conversions", "An event that meets a conversion of the model rules; one row for each that it meets.", ["cv_id"], false, ConversionColumns.All),
        new("web_vitals", "An event web_vitals. A view may send several: its last one holds most.", ["event_id"], false, WebVitalColumns.All),
        new("app_errors", "An event application_error.", ["event_id"], false, AppErrorColumns.All),
    ];
}
