using System.Collections.Immutable;

namespace Snowplow.Model.Excerpts;

/// <summary>
/// The columns that rows of sessions and users take from their entry (first page_view, page_ping or screen_view, else the
/// first event) and exit (last page_view or screen_view, else the last event), in order.
/// </summary>
public static class TouchColumns
{
    private static readonly string[] PageFirsts =
    [
        "page_title", "page_url", "page_urlscheme", "page_urlhost", "page_urlpath", "page_urlquery", "page_urlfragment", "content_group",
    ];

    /// <summary>Each with the touch and the excerpt's column that it comes from.</summary>
    internal static readonly ImmutableArray<TouchColumn> Sources =
    [
        Device("app_id"), Device("platform"), Device("device_identifier"),
        Page("first_event_name", "event_name"), Page("last_event_name", "event_name", isExit: true),
        .. PageFirsts.Select(name => Page("first_" + name, name)),
        .. PageFirsts.Select(name => Page("last_" + name, name, isExit: true)),
        Page("first_screen_view__name", "screen_view__name"), Page("first_screen_view__type", "screen_view__type"),
        Page("last_screen_view__name", "screen_view__name", isExit: true), Page("last_screen_view__type", "screen_view__type", isExit: true),
        Page("mkt_medium"), Page("mkt_source"), Page("mkt_term"), Page("mkt_content"), Page("mkt_campaign"), Page("mkt_clickid"),
        Page("mkt_network"), Page("default_channel_group"),
        Page("page_referrer"), Page("refr_urlhost"), Page("refr_urlpath"), Page("refr_medium"), Page("refr_source"), Page("refr_term"),
        Device("first_geo_country", "geo_country"), Device("first_geo_region_name", "geo_region_name"), Device("first_geo_city", "geo_city"),
        Device("last_geo_country", "geo_country", isExit: true), Device("last_geo_region_name", "geo_region_name", isExit: true),
        Device("last_geo_city", "geo_city", isExit: true),
        Device("geo_region"), Device("geo_zipcode"), Device("geo_timezone"), Device("geo_latitude"), Device("geo_longitude"),
        Device("device_category"), Device("os_type"), Device("os_version"), Device("os_timezone"), Device("screen_resolution"),
        Device("first_br_lang", "br_lang"), Device("last_br_lang", "br_lang", isExit: true), Device("br_renderengine"),
        Device("useragent"), Device("user_ipaddress"),
        Device("ua__device_family"), Device("ua__useragent_family"), Device("ua__useragent_version"),
        Device("mobile__device_manufacturer"), Device("mobile__device_model"), Device("mobile__carrier"), Device("mobile__network_type"),
        Device("app__version"), Device("app__build"),
    ];

    /// <summary>The columns.</summary>
    public static readonly ImmutableArray<ModelColumn> All = [.. Sources.Select(source => source.Column)];

    private static TouchColumn Page(string name, string? source = null, bool isExit = false) =>
        Of(name, source, isExit, PageColumns.All, isPage: true);

    private static TouchColumn Device(string name, string? source = null, bool isExit = false) =>
        Of(name, source, isExit, DeviceColumns.All, isPage: false);

    private static TouchColumn Of(string name, string? source, bool isExit, ImmutableArray<ModelColumn> columns, bool isPage)
    {
        var index = columns.Select(column => column.Name).ToList().IndexOf(source ?? name);
        var column = new ModelColumn(name, columns[index].Type, $"{columns[index].Rule}, of the {(isExit ? "exit" : "entry")}");
        return new TouchColumn(column, index, isPage, isExit);
    }
}

/// <summary>A column and where it comes from.</summary>
/// <param name="Column">The column.</param>
/// <param name="Index">The index in the excerpt's columns.</param>
/// <param name="IsPage">Whether it is in the page's excerpt, else the device's.</param>
/// <param name="IsExit">Whether of the exit, else of the entry.</param>
internal sealed record TouchColumn(ModelColumn Column, int Index, bool IsPage, bool IsExit);
