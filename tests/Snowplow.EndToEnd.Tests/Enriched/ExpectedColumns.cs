namespace Snowplow.EndToEnd.Tests.Enriched;

/// <summary>Groups of columns that go together in every event of a kind.</summary>
internal static class ExpectedColumns
{
    /// <summary>What the rules of uap-core say of the user agent: its families, and versions or nulls.</summary>
    private static Expected UserAgent => Expected.Contexts(Expected.Entity(
        "com.snowplowanalytics.snowplow/ua_parser_context/jsonschema/1-0-0",
        """
        {"useragentFamily":"{any}","useragentMajor":"{any}","useragentMinor":"{any}","useragentPatch":"{any}","useragentVersion":"{any}",
         "osFamily":"{any}","osMajor":"{any}","osMinor":"{any}","osPatch":"{any}","osPatchMinor":"{any}","osVersion":"{any}","deviceFamily":"{any}"}
        """));

    /// <summary>What collector and pipeline set in every event.</summary>
    /// <param name="since">When the test began.</param>
    public static ExpectedEvent Pipeline(DateTimeOffset since)
    {
        var time = Expected.Time(since, since.AddMinutes(5));
        return new()
        {
            ["etl_tstamp"] = time,
            ["collector_tstamp"] = time,
            ["derived_tstamp"] = time,
            ["event_id"] = Expected.Uuid,
            ["v_collector"] = Expected.NameAndVersion,
            ["v_etl"] = Expected.NameAndVersion,
            ["network_userid"] = Expected.Uuid,
            ["user_ipaddress"] = "127.0.0.1",
            ["derived_contexts"] = UserAgent,
        };
    }

    /// <summary>Event, event_vendor, event_name, event_format and event_version.</summary>
    public static ExpectedEvent Type(string type, string vendor, string name, string version = "1-0-0") => new()
    {
        ["event"] = type,
        ["event_vendor"] = vendor,
        ["event_name"] = name,
        ["event_format"] = "jsonschema",
        ["event_version"] = version,
    };

    /// <summary>The page's address and its parts.</summary>
    public static ExpectedEvent Page(Uri url) => new()
    {
        ["page_url"] = url.AbsoluteUri,
        ["page_urlscheme"] = url.Scheme,
        ["page_urlhost"] = url.Host,
        ["page_urlport"] = $"{url.Port}",
        ["page_urlpath"] = url.AbsolutePath,
        ["page_urlquery"] = url.Query.TrimStart('?'),
        ["page_urlfragment"] = url.Fragment.TrimStart('#'),
    };

    /// <summary>The campaign <c>utm_source=news%20letter&amp;utm_medium=email&amp;utm_campaign=autumn&amp;gclid=G-1</c>.</summary>
    public static ExpectedEvent Campaign() => new()
    {
        ["mkt_source"] = "news letter",
        ["mkt_medium"] = "email",
        ["mkt_campaign"] = "autumn",
        ["mkt_clickid"] = "G-1",
        ["mkt_network"] = "Google",
    };
}
