using System.Collections.Frozen;
using System.Text;

namespace Snowplow.Events.Enriched;

/// <summary>Names, types and length limits of the canonical fields, by <see cref="EventField"/>.</summary>
public static class EventFields
{
    /// <summary>The number of columns of the enriched TSV.</summary>
    public const int Count = 131;

    private static readonly Column[] Columns =
    [
        new("app_id", FieldType.String, 255),
        new("platform", FieldType.String, 255),
        new("etl_tstamp", FieldType.Timestamp, 0),
        new("collector_tstamp", FieldType.Timestamp, 0),
        new("dvce_created_tstamp", FieldType.Timestamp, 0),
        new("event", FieldType.String, 128),
        new("event_id", FieldType.String, 36),
        new("txn_id", FieldType.Int, 0),
        new("name_tracker", FieldType.String, 128),
        new("v_tracker", FieldType.String, 100),
        new("v_collector", FieldType.String, 100),
        new("v_etl", FieldType.String, 100),
        new("user_id", FieldType.String, 255),
        new("user_ipaddress", FieldType.String, 128),
        new("user_fingerprint", FieldType.String, 128),
        new("domain_userid", FieldType.String, 128),
        new("domain_sessionidx", FieldType.Int, 0),
        new("network_userid", FieldType.String, 128),
        new("geo_country", FieldType.String, 2),
        new("geo_region", FieldType.String, 3),
        new("geo_city", FieldType.String, 75),
        new("geo_zipcode", FieldType.String, 15),
        new("geo_latitude", FieldType.Float, 0),
        new("geo_longitude", FieldType.Float, 0),
        new("geo_region_name", FieldType.String, 100),
        new("ip_isp", FieldType.String, 100),
        new("ip_organization", FieldType.String, 128),
        new("ip_domain", FieldType.String, 128),
        new("ip_netspeed", FieldType.String, 100),
        new("page_url", FieldType.String, 10000),
        new("page_title", FieldType.String, 2000),
        new("page_referrer", FieldType.String, 10000),
        new("page_urlscheme", FieldType.String, 16),
        new("page_urlhost", FieldType.String, 255),
        new("page_urlport", FieldType.Int, 0),
        new("page_urlpath", FieldType.String, 3000),
        new("page_urlquery", FieldType.String, 6000),
        new("page_urlfragment", FieldType.String, 3000),
        new("refr_urlscheme", FieldType.String, 16),
        new("refr_urlhost", FieldType.String, 255),
        new("refr_urlport", FieldType.Int, 0),
        new("refr_urlpath", FieldType.String, 6000),
        new("refr_urlquery", FieldType.String, 6000),
        new("refr_urlfragment", FieldType.String, 3000),
        new("refr_medium", FieldType.String, 25),
        new("refr_source", FieldType.String, 50),
        new("refr_term", FieldType.String, 255),
        new("mkt_medium", FieldType.String, 255),
        new("mkt_source", FieldType.String, 255),
        new("mkt_term", FieldType.String, 255),
        new("mkt_content", FieldType.String, 500),
        new("mkt_campaign", FieldType.String, 255),
        new("contexts", FieldType.Json, 0),
        new("se_category", FieldType.String, 1000),
        new("se_action", FieldType.String, 1000),
        new("se_label", FieldType.String, 4096),
        new("se_property", FieldType.String, 1000),
        new("se_value", FieldType.Decimal, 0),
        new("unstruct_event", FieldType.Json, 0),
        new("tr_orderid", FieldType.String, 255),
        new("tr_affiliation", FieldType.String, 255),
        new("tr_total", FieldType.Decimal, 0),
        new("tr_tax", FieldType.Decimal, 0),
        new("tr_shipping", FieldType.Decimal, 0),
        new("tr_city", FieldType.String, 255),
        new("tr_state", FieldType.String, 255),
        new("tr_country", FieldType.String, 255),
        new("ti_orderid", FieldType.String, 255),
        new("ti_sku", FieldType.String, 255),
        new("ti_name", FieldType.String, 255),
        new("ti_category", FieldType.String, 255),
        new("ti_price", FieldType.Decimal, 0),
        new("ti_quantity", FieldType.Int, 0),
        new("pp_xoffset_min", FieldType.Int, 0),
        new("pp_xoffset_max", FieldType.Int, 0),
        new("pp_yoffset_min", FieldType.Int, 0),
        new("pp_yoffset_max", FieldType.Int, 0),
        new("useragent", FieldType.String, 1000),
        new("br_name", FieldType.String, 50),
        new("br_family", FieldType.String, 50),
        new("br_version", FieldType.String, 50),
        new("br_type", FieldType.String, 50),
        new("br_renderengine", FieldType.String, 50),
        new("br_lang", FieldType.String, 255),
        new("br_features_pdf", FieldType.Bool, 0),
        new("br_features_flash", FieldType.Bool, 0),
        new("br_features_java", FieldType.Bool, 0),
        new("br_features_director", FieldType.Bool, 0),
        new("br_features_quicktime", FieldType.Bool, 0),
        new("br_features_realplayer", FieldType.Bool, 0),
        new("br_features_windowsmedia", FieldType.Bool, 0),
        new("br_features_gears", FieldType.Bool, 0),
        new("br_features_silverlight", FieldType.Bool, 0),
        new("br_cookies", FieldType.Bool, 0),
        new("br_colordepth", FieldType.String, 12),
        new("br_viewwidth", FieldType.Int, 0),
        new("br_viewheight", FieldType.Int, 0),
        new("os_name", FieldType.String, 50),
        new("os_family", FieldType.String, 50),
        new("os_manufacturer", FieldType.String, 50),
        new("os_timezone", FieldType.String, 255),
        new("dvce_type", FieldType.String, 50),
        new("dvce_ismobile", FieldType.Bool, 0),
        new("dvce_screenwidth", FieldType.Int, 0),
        new("dvce_screenheight", FieldType.Int, 0),
        new("doc_charset", FieldType.String, 128),
        new("doc_width", FieldType.Int, 0),
        new("doc_height", FieldType.Int, 0),
        new("tr_currency", FieldType.String, 3),
        new("tr_total_base", FieldType.Decimal, 0),
        new("tr_tax_base", FieldType.Decimal, 0),
        new("tr_shipping_base", FieldType.Decimal, 0),
        new("ti_currency", FieldType.String, 3),
        new("ti_price_base", FieldType.Decimal, 0),
        new("base_currency", FieldType.String, 3),
        new("geo_timezone", FieldType.String, 64),
        new("mkt_clickid", FieldType.String, 1000),
        new("mkt_network", FieldType.String, 64),
        new("etl_tags", FieldType.String, 500),
        new("dvce_sent_tstamp", FieldType.Timestamp, 0),
        new("refr_domain_userid", FieldType.String, 128),
        new("refr_dvce_tstamp", FieldType.Timestamp, 0),
        new("derived_contexts", FieldType.Json, 0),
        new("domain_sessionid", FieldType.String, 128),
        new("derived_tstamp", FieldType.Timestamp, 0),
        new("event_vendor", FieldType.String, 1000),
        new("event_name", FieldType.String, 1000),
        new("event_format", FieldType.String, 128),
        new("event_version", FieldType.String, 128),
        new("event_fingerprint", FieldType.String, 128),
        new("true_tstamp", FieldType.Timestamp, 0),
    ];

    private static readonly FrozenDictionary<string, EventField> ByName = Columns
        .Select((column, index) => (column.Name, Field: (EventField)index))
        .ToFrozenDictionary(pair => pair.Name, pair => pair.Field, StringComparer.Ordinal);

    /// <summary>The column's name as Snowplow's atomic schema has it, such as <c>domain_userid</c>.</summary>
    public static string Name(EventField field) => Columns[(int)field].Name;

    /// <summary>The name as UTF-8; the caller must not change the buffer.</summary>
    public static ReadOnlySpan<byte> Utf8Name(EventField field) => Columns[(int)field].Utf8Name;

    /// <summary>How the field's text is to be read.</summary>
    public static FieldType Type(EventField field) => Columns[(int)field].Type;

    /// <summary>The greatest length in UTF-16 units that enrich lets pass, or 0 where there is no limit.</summary>
    public static int MaxLength(EventField field) => Columns[(int)field].MaxLength;

    /// <summary>Finds a field by its column name (ordinal, case-sensitive).</summary>
    public static bool TryParse(string name, out EventField field) => ByName.TryGetValue(name, out field);

    private sealed record Column(string Name, FieldType Type, int MaxLength)
    {
        public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(Name);
    }
}
