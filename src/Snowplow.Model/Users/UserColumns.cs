using System.Collections.Immutable;
using Snowplow.Model.Excerpts;

namespace Snowplow.Model.Users;

/// <summary>
/// The columns of <c>users</c>, in order. Key: <c>user_key</c>. Version: (<c>model_generation</c>, <c>revision</c>); readers
/// keep the greatest. Order of events, entry, exit and copies as for <see cref="Sessions.SessionColumns"/>, over all events
/// of the user.
/// </summary>
public static class UserColumns
{
    /// <summary>The columns.</summary>
    public static readonly ImmutableArray<ModelColumn> All =
    [
        new("user_key", "string", "the user's key: kind (d, n, u, h), colon, identifier"),
        new("user_identifier", "string", "d: client_session.userId, else domain_userid; n: network_userid; u: user_id; h: hex hash of IP address and user agent"),
        new("user_id", "string", "last non-null user_id: last login wins"),
        new("user_ids", "dynamic", "array: user_id values, the last seen first; at most 16"),
        new("device_identifiers", "dynamic", "array: values of domain_userid and client_session.userId, the last seen first; at most 16"),
        new("network_userids", "dynamic", "array: network_userid values, the last seen first; at most 16"),
        new("stitched_user_id", "string", "user_id, else user_identifier"),
        new("start_tstamp", "datetime", "first seen: least derived_tstamp"),
        new("end_tstamp", "datetime", "last seen: greatest derived_tstamp"),
        new("on_web", "bool", "whether an event has platform web"),
        new("on_mobile", "bool", "whether an event has platform mob"),
        new("sessions", "long", "number of sessions, as of their rows"),
        new("active_days", "long", "distinct dates (UTC) of their start_tstamp"),
        new("views", "long", "sum over the sessions"),
        new("engaged_time_in_s", "long", "sum over the sessions"),
        new("absolute_time_in_s", "long", "sum over the sessions"),
        new("app_errors", "long", "sum over the sessions"),
        new("fatal_app_errors", "long", "sum over the sessions"),
        new("page_views", "long", "events named page_view: pages of web sites only; screen views are in event_counts as screen_view"),
        new("total_events", "long", "events"),
        new("event_counts", "dynamic", "object: event_name to number of events; beyond 64 names the last by ordinal order together as (other)"),
        .. TouchColumns.All,
        new("last_mkt_medium", "string", "mkt_medium of the last session"),
        new("last_mkt_source", "string", "mkt_source of the last session"),
        new("last_mkt_campaign", "string", "mkt_campaign of the last session"),
        new("last_default_channel_group", "string", "default_channel_group of the last session"),
        new("session_list", "dynamic", "array of objects, by start: session_identifier, session_index (from 1, over all the user's sessions), device_session_index, start_tstamp, end_tstamp, is_server_cut, mkt_medium, mkt_source, mkt_campaign, default_channel_group, refr_medium, refr_source, views, engaged_time_in_s, absolute_time_in_s, app_errors, fatal_app_errors, revision; the last 50. Sums over sessions hold what earlier ones had when they left the list"),
        new("identities", "dynamic", "array: keys in identities that hold for the user, by the order of the rules, the one to trust most first: of a unique identifier the last one, of others all of the last 16"),
        new("inexact_columns", "dynamic", "array: names of columns of this row that passed their bound"),
        new("model_version", "long", "version of the model rules under which the row was made; 0 for the built-in ones"),
        new("model_generation", "long", "version, first part: 1,000 × the generation of the code, plus how often all tables have been made anew"),
        new("revision", "long", "version, second part: the write of the grain's state that the row comes from"),
    ];
}
