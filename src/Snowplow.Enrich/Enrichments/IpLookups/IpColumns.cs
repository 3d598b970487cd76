using Snowplow.Enrich.Mmdb;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Enrichments.IpLookups;

/// <summary>
/// Which fields of which database fill which columns. Records of MaxMind's nested layout and of flat ones
/// (<c>country_code</c>, <c>city</c>, <c>state1</c>, …) are both read.
/// </summary>
internal static class IpColumns
{
    /// <summary>The fields of a database of places: each column's in MaxMind's layout, then in the flat one.</summary>
    public static readonly MmdbFields Geo = new(
        "country.iso_code", "country_code",
        "subdivisions.[].iso_code", "state1_code",
        "city.names.en", "city",
        "postal.code", "postcode",
        "location.latitude", "latitude",
        "location.longitude", "longitude",
        "subdivisions.[].names.en", "state1",
        "location.time_zone", "timezone");

    /// <summary>The fields of a database of providers.</summary>
    public static readonly MmdbFields Isp = new("isp", "organization");

    /// <summary>The field of a database of domains.</summary>
    public static readonly MmdbFields Domain = new("domain");

    /// <summary>The field of a database of kinds of connections.</summary>
    public static readonly MmdbFields ConnectionType = new("connection_type");

    /// <summary>The fields of a database of autonomous systems.</summary>
    public static readonly MmdbFields Asn = new("autonomous_system_number", "autonomous_system_organization");

    private static readonly EventField[] GeoFields =
    [
        EventField.GeoCountry, EventField.GeoRegion, EventField.GeoCity, EventField.GeoZipcode, EventField.GeoLatitude, EventField.GeoLongitude,
        EventField.GeoRegionName, EventField.GeoTimezone,
    ];

    /// <summary>Fills <c>geo_*</c>.</summary>
    public static void WriteGeo(EventInProgress e, MmdbData data, ReadOnlySpan<MmdbValue> values)
    {
        for (var i = 0; i < GeoFields.Length; i++)
        {
            var value = values[2 * i].Type == default ? values[2 * i + 1] : values[2 * i];
            if (value.Type == MmdbType.Text) e.Fields.SetText(GeoFields[i], value.Text(data.Section));
            else if (value.Number(data.Section) is { } number) e.Fields.SetFloat(GeoFields[i], (float)number);
        }
    }

    /// <summary>Fills <c>ip_isp</c> and <c>ip_organization</c>.</summary>
    public static void WriteIsp(EventInProgress e, MmdbData data, ReadOnlySpan<MmdbValue> values)
    {
        e.Fields.SetText(EventField.IpIsp, values[0].Text(data.Section));
        e.Fields.SetText(EventField.IpOrganization, values[1].Text(data.Section));
    }

    /// <summary>Fills <c>ip_domain</c>.</summary>
    public static void WriteDomain(EventInProgress e, MmdbData data, ReadOnlySpan<MmdbValue> values) =>
        e.Fields.SetText(EventField.IpDomain, values[0].Text(data.Section));

    /// <summary>Fills <c>ip_netspeed</c>.</summary>
    public static void WriteConnectionType(EventInProgress e, MmdbData data, ReadOnlySpan<MmdbValue> values) =>
        e.Fields.SetText(EventField.IpNetspeed, values[0].Text(data.Section));

    /// <summary>Adds the context <c>asn</c>.</summary>
    public static void WriteAsn(EventInProgress e, MmdbData data, ReadOnlySpan<MmdbValue> values)
    {
        // The context's schema takes no larger numbers; there are none yet.
        if (values[0].Unsigned(data.Section) is not { } number || number > int.MaxValue) return;
        var writer = e.DerivedContexts.Begin("iglu:com.snowplowanalytics.snowplow/asn/jsonschema/1-0-1"u8);
        writer.WriteStartObject();
        writer.WriteNumber("number"u8, number);
        if (values[1].Type == MmdbType.Text) writer.WriteString("organization"u8, values[1].Text(data.Section));
        writer.WriteEndObject();
        e.DerivedContexts.End();
    }
}
