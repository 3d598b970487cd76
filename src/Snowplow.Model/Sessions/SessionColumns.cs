using System.Collections.Immutable;

namespace Snowplow.Model.Sessions;

/// <summary>
/// The columns of <c>sessions</c>, in order. Key: <c>session_identifier</c>. Version: (<c>model_generation</c>,
/// <c>revision</c>); readers keep the greatest and leave out rows with <c>merged_into</c>.
/// </summary>
/// <remarks>
/// Order of events: derived_tstamp, dvce_created_tstamp (missing first), event_id, hash of the line. The entry is the
/// first page_view, page_ping or screen_view, else the first event; the exit is the last page_view or screen_view, else
/// the last event. Copies (same event_id and event_name) count once within 6 hours of event time and 512 events, with the
/// earliest copy's session; in everything but counts all copies take part.
/// </remarks>
public static class SessionColumns
{
    /// <summary>The columns.</summary>
    public static readonly ImmutableArray<ModelColumn> All =
    [
        new("session_identifier", "string", "client_session.sessionId, else domain_sessionid; server-cut: {user_key}~{derived_tstamp of the first event, yyyyMMddTHHmmssfffZ}, with ~ and 8 hex digits after it where that event came beyond lateness"),
        new("user_key", "string", "key of the session's user: the user of its first event that has one; null where none has"),
        new("user_identifier", "string", "user_key without the prefix of its kind, as the tracker or collector sent it"),
        new("user_id", "string", "last non-null user_id of the session"),
        new("domain_userid", "string", "of the event that names the user"),
        new("network_userid", "string", "of the event that names the user"),
        new("app_id", "string", "of the entry"),
        new("platform", "string", "of the entry"),
        new("device_session_index", "long", "client_session.sessionIndex, else domain_sessionidx, of the entry; the tracker's count of sessions, from 1"),
        new("is_server_cut", "bool", "whether the server cut the session, for want of a client session id: more than 30 minutes between events"),
        new("start_tstamp", "datetime", "least derived_tstamp, less the minimum visit length (5 s) where the entry is a page_ping"),
        new("end_tstamp", "datetime", "greatest derived_tstamp"),
        new("views", "long", "distinct views of pages and screens: the different view ids (web_page.id, screen_view.id, screen.id) over all events, so that a view counts once however many events name it; beyond 256 an estimate (±6 %)"),
        new("page_views", "long", "events named page_view: pages of web sites only (screens are in views and, as screen_view, in event_counts); may differ from views, which counts view ids"),
        new("total_events", "long", "events; 0 where the session consists of copies of events counted in an earlier one"),
        new("event_counts", "dynamic", "object: event_name to number of events; beyond 64 names the last by ordinal order together as (other)"),
        new("engaged_time_in_s", "long", "seconds: 10 × (distinct (view, heartbeat) of page pings − their distinct views) + their distinct views × 5, heartbeat = floor(unix seconds of dvce_created_tstamp / 10); a lower bound beyond 1,024 ranges of heartbeats"),
        new("absolute_time_in_s", "long", "whole seconds from start_tstamp to end_tstamp"),
        new("is_engaged", "bool", "views ≥ 2 or engaged_time_in_s ≥ 20; a bounce is a session that is not engaged"),
        new("first_page_title", "string", "page_title of the entry"),
        new("first_page_url", "string", "page_url of the entry"),
        new("first_page_urlhost", "string", "page_urlhost of the entry"),
        new("first_page_urlpath", "string", "page_urlpath of the entry"),
        new("last_page_title", "string", "page_title of the exit"),
        new("last_page_url", "string", "page_url of the exit"),
        new("last_page_urlhost", "string", "page_urlhost of the exit"),
        new("last_page_urlpath", "string", "page_urlpath of the exit"),
        new("mkt_medium", "string", "of the entry"),
        new("mkt_source", "string", "of the entry"),
        new("mkt_term", "string", "of the entry"),
        new("mkt_content", "string", "of the entry"),
        new("mkt_campaign", "string", "of the entry"),
        new("mkt_clickid", "string", "of the entry"),
        new("mkt_network", "string", "of the entry"),
        new("page_referrer", "string", "of the entry"),
        new("refr_medium", "string", "of the entry"),
        new("refr_source", "string", "of the entry"),
        new("refr_term", "string", "of the entry"),
        new("refr_urlhost", "string", "of the entry"),
        new("geo_country", "string", "of the entry; ISO 3166-1 alpha-2"),
        new("useragent", "string", "of the entry"),
        new("former_user_keys", "dynamic", "array: users to whom earlier versions of the row gave the session, at most the last 16"),
        new("merged_into", "string", "session_identifier of the session that has this one's events; all other columns but the user's are then without meaning, and that session may itself have been merged later"),
        new("inexact_columns", "dynamic", "array: names of columns of this row that passed their bound"),
        new("model_generation", "long", "version, first part: the generation of the rules that made the row"),
        new("revision", "long", "version, second part: the write of the grain's state in which the row last changed"),
    ];
}
