using System.Collections.Immutable;
using Snowplow.Model.Excerpts;

namespace Snowplow.Model.EventRows;

/// <summary>
/// What all tables of events have in common: one row for each event of a kind (for each conversion that it meets), made from
/// its landed line alone. Of several rows of one key, which copies of an event make, the one with the least
/// derived_tstamp counts, of these the one with the least collector_tstamp.
/// </summary>
/// <remarks>
/// Of an event without a client session id, <c>session_identifier</c> is null: the server may still put it into another
/// session. Its session is the one of the same <c>session_key</c> whose start_tstamp and end_tstamp enclose
/// derived_tstamp. Events of bots have rows here, as in Snowplow's modules.
/// </remarks>
public static class EventRowColumns
{
    // Those of a page without event_name, event_id and user_id, which come first.
    internal const int PageFrom = 3;

    /// <summary>The columns before those of the table's own.</summary>
    public static readonly ImmutableArray<ModelColumn> First =
    [
        new("event_id", "string", "event_id"),
        new("event_name", "string", "event_name"),
        new("derived_tstamp", "datetime", "derived_tstamp, else collector_tstamp"),
        new("dvce_created_tstamp", "datetime", "dvce_created_tstamp"),
        new("collector_tstamp", "datetime", "collector_tstamp"),
        new("session_key", "string", "s: and the client's session id, else the user key; null where the event has neither"),
        new("session_identifier", "string", "the client's session id"),
        new("user_key", "string", "the event's user"),
        new("user_identifier", "string", "user_key without the prefix of its kind"),
        new("user_id", "string", "user_id"),
        new("view_id", "string", "web_page.id, else screen_view.id of the event itself, else screen.id; else, for a page_view or screen_view, event_id"),
    ];

    /// <summary>The columns after those of the table's own: page, source and device.</summary>
    public static readonly ImmutableArray<ModelColumn> Last =
    [
        .. PageColumns.All[PageFrom..],
        .. DeviceColumns.All,
        new("model_version", "long", "version of the model rules under which the row was made; 0 for the built-in ones"),
        new("model_generation", "long", "1,000 × the generation of the code, plus how often all tables have been made anew: readers keep the greatest"),
    ];

    /// <summary>A table's columns.</summary>
    /// <param name="own">The table's own.</param>
    public static ImmutableArray<ModelColumn> Of(params ImmutableArray<ModelColumn> own) => [.. First, .. own, .. Last];
}
