using System.Collections.Immutable;

namespace Snowplow.Model.Excerpts;

/// <summary>
/// What rows take from an event's page or screen and from where it was come to. The order is that of the fields of a page
/// <see cref="Excerpt"/>.
/// </summary>
public static class PageColumns
{
    /// <summary>The columns, named as in the canonical event and Snowplow's unified model.</summary>
    public static readonly ImmutableArray<ModelColumn> All =
    [
        new("event_name", "string", "event_name"),
        new("event_id", "string", "event_id"),
        new("user_id", "string", "user_id"),
        new("page_title", "string", "page_title"),
        new("page_url", "string", "page_url"),
        new("page_urlscheme", "string", "page_urlscheme"),
        new("page_urlhost", "string", "page_urlhost"),
        new("page_urlpath", "string", "page_urlpath"),
        new("page_urlquery", "string", "page_urlquery"),
        new("page_urlfragment", "string", "page_urlfragment"),
        new("content_group", "string", "the first of the model rules' content groups whose condition holds"),
        new("mkt_medium", "string", "mkt_medium"),
        new("mkt_source", "string", "mkt_source"),
        new("mkt_term", "string", "mkt_term"),
        new("mkt_content", "string", "mkt_content"),
        new("mkt_campaign", "string", "mkt_campaign"),
        new("mkt_clickid", "string", "mkt_clickid"),
        new("mkt_network", "string", "mkt_network"),
        new("default_channel_group", "string", "the first of the model rules' channel groups whose condition holds"),
        new("page_referrer", "string", "page_referrer"),
        new("refr_urlhost", "string", "refr_urlhost"),
        new("refr_urlpath", "string", "refr_urlpath"),
        new("refr_medium", "string", "refr_medium"),
        new("refr_source", "string", "refr_source"),
        new("refr_term", "string", "refr_term"),
        new("screen_view__name", "string", "name of the event screen_view, else of the entity screen"),
        new("screen_view__type", "string", "type of the event screen_view, else of the entity screen"),
        new("screen_view__previous_id", "string", "previousId of the event screen_view"),
        new("screen_view__previous_name", "string", "previousName of the event screen_view"),
    ];
}
