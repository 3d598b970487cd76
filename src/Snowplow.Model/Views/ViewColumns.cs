using System.Collections.Immutable;
using Snowplow.Model.Excerpts;

namespace Snowplow.Model.Views;

/// <summary>
/// The columns of <c>views</c>, in order: one row for each view of a page or screen. Key: <c>session_key</c> and
/// <c>view_id</c>. Version: (<c>model_generation</c>, <c>revision</c>); readers keep the greatest of each key.
/// </summary>
/// <remarks>
/// <para>A view's id is <c>web_page.id</c>, else <c>screen_view.id</c> of the event itself, else <c>screen.id</c>; a
/// page_view or screen_view without one is a view by its own event_id (Snowplow makes no row of it). The view's own event is its
/// first page_view or screen_view in the session, by the order of events (<see cref="Sessions.SessionColumns"/>); what a view
/// without an own event has (pings of a page that was opened in another session) is counted in the session only.</para>
/// <para>Where a view id has an own event in several server-cut sessions of one user, the row is that of the first.</para>
/// <para>Bound: the last 128 views and 128 KiB of their texts are kept open, of a client session or of all server-cut sessions of
/// a user together. Rows of earlier ones stay as they are; those of a session with more than 128 say so in inexact_columns.</para>
/// <para>How a reader gets the stitched user: joins user_mapping by user_key, and takes its user_id, else
/// user_identifier. Nothing is rewritten when somebody logs in.</para>
/// </remarks>
public static class ViewColumns
{
    /// <summary>The columns.</summary>
    public static readonly ImmutableArray<ModelColumn> All =
    [
        new("view_id", "string", "the view's id"),
        new("session_key", "string", "key of the grain that holds the session: s: and the client's session id, else the user key; first part of the row's key"),
        new("session_identifier", "string", "the session, as in sessions"),
        new("user_key", "string", "key of the session's user"),
        new("user_identifier", "string", "user_key without the prefix of its kind"),
        new("device_session_index", "long", "client_session.sessionIndex, else domain_sessionidx, of the own event"),
        new("view_in_session_index", "long", "the view's place in its session by own event, from 1"),
        new("views_in_session", "long", "how many views with an own event the session has"),
        new("derived_tstamp", "datetime", "of the own event"),
        new("dvce_created_tstamp", "datetime", "of the own event"),
        new("collector_tstamp", "datetime", "of the own event"),
        new("start_tstamp", "datetime", "derived_tstamp of the own event"),
        new("end_tstamp", "datetime", "greatest derived_tstamp of the own event, the view's page pings in the session, and its events with a screen_summary"),
        new("engaged_time_in_s", "long", "seconds. With a screen_summary: its greatest foreground_sec, rounded down. Else from page pings: 10 × (distinct heartbeats − 1) + 5, heartbeat = floor(unix seconds of dvce_created_tstamp / 10); 0 without pings"),
        new("absolute_time_in_s", "long", "whole seconds. With a screen_summary: its greatest foreground_sec plus its greatest background_sec, rounded down; else from start_tstamp to end_tstamp"),
        new("horizontal_pixels_scrolled", "long", "greatest pp_xoffset_max of the view's pings, each held within 0 and its doc_width; 0 without pings. With a screen_summary: its greatest max_x_offset"),
        new("vertical_pixels_scrolled", "long", "the same with pp_yoffset_max, doc_height and max_y_offset"),
        new("horizontal_percentage_scrolled", "real", "100 × (horizontal_pixels_scrolled + br_viewwidth, at most doc_width) / doc_width, rounded to whole percent, halves up; with a screen_summary: 100 × its greatest max_x_offset / its greatest content_width, at most 100, likewise. Null where the size is not known or 0"),
        new("vertical_percentage_scrolled", "real", "the same with y, br_viewheight, doc_height, max_y_offset and content_height"),
        new("last_list_item_index", "long", "greatest last_item_index of its screen_summary"),
        new("list_items_count", "long", "greatest items_count of its screen_summary"),
        new("list_items_percentage_scrolled", "real", "100 × (last_list_item_index + 1) / list_items_count, at most 100, rounded to whole percent, halves up"),
        new("doc_width", "long", "pixels: the greatest of the view's page_views, screen_views and page_pings"),
        new("doc_height", "long", "pixels: the greatest of the view's page_views, screen_views and page_pings"),
        new("br_viewwidth", "long", "pixels: the greatest of the view's page_views, screen_views and page_pings"),
        new("br_viewheight", "long", "pixels: the greatest of the view's page_views, screen_views and page_pings"),
        .. PageColumns.All.Select(column => column with { Rule = column.Rule + ", of the own event" }),
        .. DeviceColumns.All.Select(column => column with { Rule = column.Rule + ", of the own event" }),
        new("inexact_columns", "dynamic", "array: names of columns of this row that passed their bound"),
        new("model_version", "long", "version of the model rules under which the row was made; 0 for the built-in ones"),
        new("model_generation", "long", "version, first part: 1,000 × the generation of the code, plus how often all tables have been made anew"),
        new("revision", "long", "version, second part: the write of the grain's state in which the row last changed"),
    ];
}
