using System.Collections.Immutable;
using Snowplow.Model.Excerpts;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Sessions;

/// <summary>
/// The columns of <c>sessions</c>, in order. Key: <c>session_identifier</c>. Version: (<c>model_generation</c>,
/// <c>revision</c>); readers keep the greatest and leave out rows with <c>merged_into</c>.
/// </summary>
/// <remarks>
/// Order of events: derived_tstamp, dvce_created_tstamp (missing first), event_id, hash of the line. The entry is the
/// first page_view, page_ping or screen_view, else the first event; the exit is the last page_view or screen_view, else
/// the last event. Copies (same event_id and event_name) count once within 6 hours of event time and 512 events, with the
/// earliest copy's session; in everything but counts and conversions all copies take part. Events of bots (model rules) take no part at
/// all. The stitched user comes by user_mapping, as for <see cref="Views.ViewColumns"/>.
/// </remarks>
public static class SessionColumns
{
    /// <summary>The columns without those of configured conversions.</summary>
    public static readonly ImmutableArray<ModelColumn> All =
    [
        new("session_identifier", "string", "client_session.sessionId, else domain_sessionid; server-cut: {user_key}~{derived_tstamp of the first event, yyyyMMddTHHmmssfffZ}, with ~ and 8 hex digits after it where that event came beyond lateness"),
        new("session_key", "string", "key of the grain that holds the session: s: and the client's session id, else the user key"),
        new("user_key", "string", "key of the session's user: the user of its first event that has one; null where none has"),
        new("user_identifier", "string", "user_key without the prefix of its kind, as the tracker or collector sent it"),
        new("user_id", "string", "last non-null user_id of the session"),
        new("domain_userid", "string", "of the event that names the user"),
        new("network_userid", "string", "of the event that names the user"),
        new("session__previous_session_id", "string", "client_session.previousSessionId of the entry; server-cut: the session_identifier of the user's server-cut session before"),
        new("device_session_index", "long", "client_session.sessionIndex, else domain_sessionidx, of the entry; the tracker's count of sessions, from 1"),
        new("is_server_cut", "bool", "whether the server cut the session, for want of a client session id: more than 30 minutes between events, and at midnight, by a new campaign or at a greatest length where the model rules say so"),
        new("start_tstamp", "datetime", "least derived_tstamp, less the minimum visit length (5 s) where the entry is a page_ping"),
        new("end_tstamp", "datetime", "greatest derived_tstamp"),
        new("views", "long", "distinct views of pages and screens: the different view ids (as in views) over all events, so that a view counts once however many events name it; beyond 256 an estimate (±6 %)"),
        new("page_views", "long", "events named page_view: pages of web sites only (screens are in views and, as screen_view, in event_counts); may differ from views, which counts view ids"),
        new("total_events", "long", "events; 0 where the session consists of copies of events counted in an earlier one"),
        new("event_counts", "dynamic", "object: event_name to number of events; beyond 64 names the last by ordinal order together as (other)"),
        new("engaged_time_in_s", "long", "seconds: 10 × (distinct (view, heartbeat) of page pings − their distinct views) + their distinct views × 5, heartbeat = floor(unix seconds of dvce_created_tstamp / 10), plus for each view with a screen_summary its greatest foreground_sec, rounded down; a lower bound beyond 1,024 ranges of heartbeats"),
        new("absolute_time_in_s", "long", "whole seconds from start_tstamp to end_tstamp"),
        new("is_engaged", "bool", "views ≥ 2, or engaged_time_in_s ≥ 20, or a conversion"),
        new("is_bounce", "bool", "not is_engaged"),
        new("app_errors", "long", "events named application_error (Snowplow's column can only be 0 or 1)"),
        new("fatal_app_errors", "long", "of these, those with isFatal true"),
        .. TouchColumns.All,
        new("cv__all_volume", "long", "conversions of all names; null where no conversions are configured"),
        new("cv__all_total", "real", "sum of the values of these, each rounded to 6 decimals"),
        new("former_user_keys", "dynamic", "array: users to whom earlier versions of the row gave the session, at most the last 16"),
        new("merged_into", "string", "session_identifier of the session that has this one's first event; all other columns but the key's and the user's are then without meaning, and that session may itself have been merged or cut anew later"),
        new("inexact_columns", "dynamic", "array: names of columns of this row that passed their bound; session_identifier stands for where the session begins and ends"),
        new("model_version", "long", "version of the model rules under which the row was made; 0 for the built-in ones"),
        new("model_generation", "long", "version, first part: 1,000 × the generation of the code, plus how often all tables have been made anew"),
        new("revision", "long", "version, second part: the write of the grain's state in which the row last changed"),
    ];

    /// <summary>The columns of one configured conversion, which follow cv__all_total.</summary>
    /// <param name="conversion">The conversion.</param>
    public static ImmutableArray<ModelColumn> Of(ConversionRule conversion) =>
    [
        new($"cv_{conversion.Name}_volume", "long", "events of the session that meet the conversion's condition"),
        new($"cv_{conversion.Name}_events", "dynamic", "array: their event_ids in order, at most the last 64; only where the rule lists events"),
        new($"cv_{conversion.Name}_values", "dynamic", "array: their values, likewise"),
        new($"cv_{conversion.Name}_total", "real", "sum of their values, each rounded to 6 decimals"),
        new($"cv_{conversion.Name}_first_conversion", "datetime", "derived_tstamp of the first; null where there is none"),
        new($"cv_{conversion.Name}_converted", "bool", "whether there is one"),
    ];
}
