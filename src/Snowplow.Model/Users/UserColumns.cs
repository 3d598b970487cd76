using System.Collections.Immutable;

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
        new("app_id", "string", "of the entry"),
        new("platform", "string", "of the entry"),
        new("start_tstamp", "datetime", "first seen: least derived_tstamp"),
        new("end_tstamp", "datetime", "last seen: greatest derived_tstamp"),
        new("sessions", "long", "number of sessions, as of their rows"),
        new("page_views", "long", "events named page_view: pages of web sites only; screen views are in event_counts as screen_view"),
        new("total_events", "long", "events"),
        new("event_counts", "dynamic", "object: event_name to number of events; beyond 64 names the last by ordinal order together as (other)"),
        new("first_page_title", "string", "page_title of the entry"),
        new("first_page_url", "string", "page_url of the entry"),
        new("first_page_urlhost", "string", "page_urlhost of the entry"),
        new("first_page_urlpath", "string", "page_urlpath of the entry"),
        new("last_page_title", "string", "page_title of the exit"),
        new("last_page_url", "string", "page_url of the exit"),
        new("last_page_urlhost", "string", "page_urlhost of the exit"),
        new("last_page_urlpath", "string", "page_urlpath of the exit"),
        new("mkt_medium", "string", "first touch: of the entry"),
        new("mkt_source", "string", "first touch: of the entry"),
        new("mkt_term", "string", "first touch: of the entry"),
        new("mkt_content", "string", "first touch: of the entry"),
        new("mkt_campaign", "string", "first touch: of the entry"),
        new("mkt_clickid", "string", "first touch: of the entry"),
        new("mkt_network", "string", "first touch: of the entry"),
        new("page_referrer", "string", "first touch: of the entry"),
        new("refr_medium", "string", "first touch: of the entry"),
        new("refr_source", "string", "first touch: of the entry"),
        new("refr_term", "string", "first touch: of the entry"),
        new("refr_urlhost", "string", "first touch: of the entry"),
        new("geo_country", "string", "of the entry; ISO 3166-1 alpha-2"),
        new("useragent", "string", "of the entry"),
        new("session_list", "dynamic", "array of objects, by start: session_identifier, session_index (from 1, over all the user's sessions), device_session_index, start_tstamp, end_tstamp, is_server_cut, mkt_medium, mkt_source, mkt_campaign, refr_medium, refr_source, revision; the last 50"),
        new("inexact_columns", "dynamic", "array: names of columns of this row that passed their bound"),
        new("model_generation", "long", "version, first part: the generation of the rules that made the row"),
        new("revision", "long", "version, second part: the write of the grain's state that the row comes from"),
    ];
}
