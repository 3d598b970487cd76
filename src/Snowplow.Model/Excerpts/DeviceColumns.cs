using System.Collections.Immutable;

namespace Snowplow.Model.Excerpts;

/// <summary>
/// What rows take from an event's application, device and place: the same for most events of a visit. The order is that of
/// the fields of a device <see cref="Excerpt"/>.
/// </summary>
/// <remarks>
/// Entities: <c>mobile_context</c> and <c>client_session</c> of com.snowplowanalytics.snowplow, <c>application</c> of
/// com.snowplowanalytics.mobile, <c>ua_parser_context</c> of com.snowplowanalytics.snowplow, <c>yauaa_context</c> of
/// nl.basjes; the first of each type, in contexts or derived_contexts.
/// </remarks>
public static class DeviceColumns
{
    /// <summary>The columns, named as in the canonical event and Snowplow's unified model.</summary>
    public static readonly ImmutableArray<ModelColumn> All =
    [
        new("app_id", "string", "app_id"),
        new("platform", "string", "platform"),
        new("device_identifier", "string", "domain_userid, else client_session.userId; the all-zero UUID is none"),
        new("network_userid", "string", "network_userid"),
        new("geo_country", "string", "geo_country; ISO 3166-1 alpha-2"),
        new("geo_region", "string", "geo_region; ISO 3166-2 without the country"),
        new("geo_region_name", "string", "geo_region_name"),
        new("geo_city", "string", "geo_city"),
        new("geo_zipcode", "string", "geo_zipcode"),
        new("geo_timezone", "string", "geo_timezone"),
        new("geo_latitude", "real", "geo_latitude, degrees"),
        new("geo_longitude", "real", "geo_longitude, degrees"),
        new("device_category", "string", "yauaa deviceClass (Phone → Mobile, Tablet, Desktop, TV → Connected TV, Game Console → Games Console, Watch → Wearable, others as they are), else dvce_type, else from the user agent (iPad, Tablet, Android without Mobile → Tablet; Mobile, iPhone → Mobile; other Mozilla → Desktop) where platform is web, else by platform: web → Web, mob → Mobile/Tablet, pc → Desktop/Laptop/Netbook, srv → Server-Side App, app → General App, tv → Connected TV, cnsl → Games Console, iot → Internet of Things, headset → AR/VR Headset"),
        new("os_type", "string", "mobile_context.osType, else yauaa operatingSystemName, else ua_parser osFamily, else os_name"),
        new("os_version", "string", "mobile_context.osVersion, else yauaa operatingSystemVersion, else ua_parser osVersion"),
        new("os_timezone", "string", "os_timezone"),
        new("screen_resolution", "string", "dvce_screenwidth, x, dvce_screenheight, in pixels; null where either is missing"),
        new("br_lang", "string", "br_lang"),
        new("br_renderengine", "string", "br_renderengine"),
        new("useragent", "string", "useragent"),
        new("user_ipaddress", "string", "user_ipaddress"),
        new("ua__device_family", "string", "ua_parser deviceFamily"),
        new("ua__useragent_family", "string", "ua_parser useragentFamily"),
        new("ua__useragent_version", "string", "ua_parser useragentVersion"),
        new("mobile__device_manufacturer", "string", "mobile_context.deviceManufacturer"),
        new("mobile__device_model", "string", "mobile_context.deviceModel"),
        new("mobile__carrier", "string", "mobile_context.carrier"),
        new("mobile__network_type", "string", "mobile_context.networkType"),
        new("app__version", "string", "application.version"),
        new("app__build", "string", "application.build"),
    ];
}
