using Snowplow.Events.Enriched;
using static Snowplow.Model.Tests.History.KnownHistory;

namespace Snowplow.Model.Tests.History;

/// <summary>Events as trackers rarely send them: the oracle and the grains read them alike.</summary>
public sealed class UnusualEventTests
{
    private static readonly Dictionary<string, TestEvent[]> Cases = new()
    {
        ["a value that is a text"] = [Told(Web(0, "purchase"), "com.example/purchase", "\"total\":\"12.5\"")],
        ["a value with an exponent"] = [Told(Web(0, "purchase"), "com.example/purchase", "\"total\":1.5e2")],
        ["a great value"] = [Told(Web(0, "purchase"), "com.example/purchase", "\"total\":123456789012.5")],
        ["values amid two millionths"] =
        [
            Told(Web(0, "purchase"), "com.example/purchase", "\"total\":0.0000005"),
            Told(Web(1, "purchase"), "com.example/purchase", "\"total\":0.0000015"),
            Told(Web(2, "purchase"), "com.example/purchase", "\"total\":-0.0000005"),
        ],
        ["a value in an event of another schema"] =
        [
            Told(Web(0, "purchase"), "com.example/other", "\"total\":3"),
            Web(1, "purchase") with { Told = new TestEntity("com.example/purchase", "\"total\":3", "2-0-0") },
        ],
        ["two web_page entities"] =
        [
            Web(0) with { Entities = [new("com.snowplowanalytics.snowplow/web_page", "\"id\":\"x\""), new("com.snowplowanalytics.snowplow/web_page", "\"id\":\"y\"")] },
        ],
        ["web_page of an enrichment"] = [Web(0) with { DerivedEntities = [new("com.snowplowanalytics.snowplow/web_page", "\"id\":\"x\"")] }],
        ["web_page of another model"] = [Web(0) with { Entities = [new("com.snowplowanalytics.snowplow/web_page", "\"id\":\"x\"", "2-0-0")] }],
        ["web_page with an empty id"] = [Web(0) with { Entities = [new("com.snowplowanalytics.snowplow/web_page", "\"id\":\"\"")], ScreenId = "s" }],
        ["spiders_and_robots sent by a tracker"] =
        [
            Web(0) with { Entities = [new("com.iab.snowplow/spiders_and_robots", "\"spiderOrRobot\":true")] },
        ],
        ["mobile_context of an enrichment"] =
        [
            Web(0) with { DerivedEntities = [new("com.snowplowanalytics.snowplow/mobile_context", "\"osType\":\"a\"")] },
        ],
        ["ua_parser_context sent by a tracker"] =
        [
            Web(0) with { Entities = [new("com.snowplowanalytics.snowplow/ua_parser_context", "\"osFamily\":\"a\"")] },
        ],
        ["client_session of an enrichment"] =
        [
            At(0) with { DerivedEntities = [new("com.snowplowanalytics.snowplow/client_session", "\"userId\":\"u\",\"sessionId\":\"s\"")] },
        ],
        ["a session id of zeros"] = [At(0) with { DomainSessionid = "00000000-0000-0000-0000-000000000000", DomainUserid = "d" }],
        ["a client's session id of zeros"] = [At(0) with { ClientSessionId = "00000000-0000-0000-0000-000000000000", ClientUserId = "d" }],
        ["a client's session id of zeros beside a cookie's"] =
        [
            At(0) with { ClientSessionId = "00000000-0000-0000-0000-000000000000", ClientUserId = "d", DomainSessionid = "ds" },
        ],
        ["a login of zeros"] =
        [
            At(0) with { UserId = "00000000-0000-0000-0000-000000000000", DomainUserid = "d" },
            At(1) with { UserId = "ann", DomainUserid = "d" , NetworkUserid = "00000000-0000-0000-0000-000000000000" },
        ],
        ["a screen without names"] =
        [
            Web(0, "screen_view") with
            {
                Entities = [new("com.snowplowanalytics.mobile/screen", "\"id\":\"i\",\"name\":\"n\",\"type\":\"t\"")],
                Told = new("com.snowplowanalytics.mobile/screen_view", "\"id\":\"\",\"name\":\"\",\"type\":null,\"previousId\":\"\""),
            },
        ],
        ["empty texts in derived entities"] =
        [
            Web(0) with
            {
                DerivedEntities =
                [
                    new("com.snowplowanalytics.snowplow/ua_parser_context", "\"osFamily\":\"\",\"deviceFamily\":\"\""),
                    new("nl.basjes/yauaa_context", "\"deviceClass\":\"\",\"operatingSystemName\":\"\""),
                ],
            },
        ],
        ["an error of another schema"] = [Told(Web(0, "application_error"), "com.example/application_error", "\"isFatal\":true,\"message\":\"m\"")],
        ["an error of another model"] =
        [
            Web(0, "application_error") with { Told = new("com.snowplowanalytics.snowplow/application_error", "\"isFatal\":true,\"message\":\"m\"", "2-0-0") },
        ],
        ["an empty summary"] =
        [
            Web(0, "screen_view", "a"),
            Web(1, "screen_end", "a") with { Entities = [new("com.snowplowanalytics.mobile/screen_summary", "")] },
        ],
        ["a summary beside pings"] =
        [
            Web(0, "page_view", "a"),
            Web(10, "page_ping", "a").Also((EventField.PpYoffsetMax, "50"), (EventField.DocHeight, "100")),
            Web(21, "page_ping", "a"),
            Web(22, "screen_end", "a") with { Entities = [new("com.snowplowanalytics.mobile/screen_summary", "\"foreground_sec\":7.5")] },
        ],
        ["a summary without a view"] =
        [
            Web(0, "page_view", "a"),
            Web(22, "screen_end") with { Entities = [new("com.snowplowanalytics.mobile/screen_summary", "\"foreground_sec\":7.5")] },
        ],
        ["a summary on the view itself"] =
        [
            Web(0, "screen_view", "a") with { Entities = [new("com.snowplowanalytics.mobile/screen_summary", "\"foreground_sec\":7.5")] },
        ],
        ["sizes on a click"] =
        [
            Web(0, "page_view", "a"),
            Web(5, "link_click", "a").Also((EventField.DocHeight, "100"), (EventField.PpYoffsetMax, "50")),
        ],
        ["offsets on a page_view"] = [Web(0, "page_view", "a").Also((EventField.DocHeight, "100"), (EventField.PpYoffsetMax, "50"))],
        ["a ping before its page"] = [Web(5, "page_view", "a"), Web(0, "page_ping", "a")],
        ["a consent banner without a choice"] = [Told(Web(0, "cmp_visible"), "com.snowplowanalytics.snowplow/cmp_visible", "\"elapsedTime\":1")],
        ["ids in upper case"] =
        [
            Web(0) with { Id = "ABCDEF00-0000-4000-8000-000000000000" },
            Web(0) with { Id = "abcdef00-0000-4000-8000-000000000001", Path="/b" },
        ],
        ["events of one time"] =
        [
            Web(0) with { Id = "00000000-0000-4000-8000-00000000000b", Created = null, Path = "/b" },
            Web(0) with { Id = "00000000-0000-4000-8000-00000000000a", Path = "/a" },
            Web(0) with { Id = "00000000-0000-4000-8000-00000000000c", Path = "/c", Created = TestEvent.Noon.AddHours(-1) },
        ],
        ["two devices of one event"] = [At(0) with { DomainUserid = "a", ClientUserId = "b" }, At(1) with { DomainUserid = "c", ClientUserId = "b" }],
        ["a device's clock before 1970"] =
        [
            Web(0, "page_ping", "a") with { Created = new DateTimeOffset(1969, 12, 31, 23, 59, 55, TimeSpan.Zero) },
            Web(1, "page_ping", "a") with { Created = new DateTimeOffset(1970, 1, 1, 0, 0, 5, TimeSpan.Zero) },
        ],
        ["an address with and without a user agent"] = [At(0) with { Ip = "1.1.1.1" }, At(1) with { Ip = "1.1.1.1", Useragent = "x" }],
        ["odd user agents"] = [Web(0) with { Useragent = "ipad Mozilla/4" }, Web(1) with { Useragent = "My Mozilla Android Mobile Tablet" }],
        ["odd platforms"] = [Web(0) with { Platform = "WEB", Useragent = "Mozilla" }, Web(1) with { Platform = null, Useragent = "Mozilla" }],
        ["events that say nothing"] =
            [Web(0, "application_error"), Web(1, "web_vitals"), Web(2, "consent_preferences"), Web(3, "cmp_visible"), Web(4, "purchase"), Web(5, "screen_view")],
        ["an event without a name"] = [Web(0, ""), Web(1)],
        ["a bot in capitals"] = [Web(0) with { Useragent = "BOT" }],
        ["sources with blanks and domains"] =
        [
            Web(0) with { Source = " ", Medium = " ", Referrer = "x", RefrMedium = "mail" },
            Web(1) with { Source = "GOOGLE.DE" },
            Web(2) with { Source = "a.google.de.com" },
            Web(3) with { Source = "agoogle.de" },
            Web(4) with { Source = "google.de " },
            Web(5) with { Source = "www.bing.com" },
            Web(6) with { Source = "google.x.bing.com.a" },
        ],
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Tables_OfUnusualEvents_EqualTheBatchComputation(string name)
    {
        var pipeline = new Pipeline(0, HistoryTables.Rules) { Trouble = 0 };
        pipeline.Run(Cases[name], 1);
        TableComparison.Differences(pipeline.Tables, SqlOracle.Compute(TestEvent.Lines(Cases[name]))).ShouldBeEmpty(name);
    }

    private static TestEvent Told(TestEvent e, string type, string members, string version = "1-0-0") => e with { Told = new(type, members, version) };
}
