using Snowplow.Events.Enriched;

namespace Snowplow.Model.Tests.History;

/// <summary>What events have of pages, campaigns, places and devices.</summary>
internal static class Surroundings
{
    private static readonly string?[] Useragents =
    [
        "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile/15E148",
        "Mozilla/5.0 (iPad; CPU OS 18_0 like Mac OS X)", "Mozilla/5.0 (Linux; Android 15) Chrome/140.0", "Mozilla/5.0 (Linux; Android 15; Pixel) Mobile Safari/537.36",
        "Opera/9.80 (Tablet)", "curl/8.5", null,
    ];

    /// <summary>A place and a device, the same for a visitor's life.</summary>
    public static TestEvent Device(this TestEvent e, Chance chance)
    {
        var place = chance.Pick(
            ("DE", "BE", "Land Berlin", "Berlin", "10115", "Europe/Berlin", "52.52", "13.405"),
            ("PL", "14", "Województwo mazowieckie", "Łódź", "00-001", "Europe/Warsaw", "52.2297", "-0.5"),
            ("JP", "13", "東京都", "東京", "100-0001", "Asia/Tokyo", "35.68", "139.76"));
        var family = chance.Pick("Other", "Mac", "Pixel 9");
        return (e with
        {
            Useragent = chance.Pick(Useragents),
            Country = place.Item1,
            Ip = $"203.0.113.{chance.Between(0, 255)}",
            DerivedEntities =
            [
                .. chance.Once(0.4)
                    ? [TestEntity.Of("com.snowplowanalytics.snowplow/ua_parser_context", "1-0-0",
                        ("useragentFamily", "Firefox"), ("useragentVersion", "Firefox 140.0"), ("osFamily", "Linux"),
                        ("osVersion", chance.Pick("Linux 6", "", null)), ("deviceFamily", family))]
                    : Array.Empty<TestEntity>(),
                .. chance.Once(0.4)
                    ? [TestEntity.Of("nl.basjes/yauaa_context", "1-0-4",
                        ("deviceClass", chance.Pick("Phone", "Tablet", "Desktop", "TV", "Game Console", "Watch", "Robot", null)),
                        ("operatingSystemName", chance.Pick("Linux", "", null)), ("operatingSystemVersion", chance.Pick("6.1", null)))]
                    : Array.Empty<TestEntity>(),
            ],
        }).Also(
            (EventField.GeoRegion, place.Item2), (EventField.GeoRegionName, place.Item3), (EventField.GeoCity, place.Item4),
            (EventField.GeoZipcode, place.Item5), (EventField.GeoTimezone, place.Item6), (EventField.GeoLatitude, place.Item7),
            (EventField.GeoLongitude, place.Item8), (EventField.OsTimezone, place.Item6), (EventField.BrLang, chance.Pick("de-DE", "pl", "ja", null)),
            (EventField.BrRenderengine, chance.Pick("GECKO", null)), (EventField.OsName, chance.Pick("Linux", null)),
            (EventField.DvceType, chance.Pick("Computer", null, null)), (EventField.DvceScreenwidth, "1920"),
            (EventField.DvceScreenheight, chance.Pick("1080", null)));
    }

    /// <summary>Where a visit comes from.</summary>
    public static TestEvent Source(this TestEvent e, Chance chance) => chance.Between(0, 6) switch
    {
        0 => (e with { Medium = "CPC ", Source = "Google", Campaign = "Spring" }).Also(
            (EventField.MktTerm, "shoes"), (EventField.MktContent, "ad 1"), (EventField.MktClickid, "Cj0"), (EventField.MktNetwork, "Google")),
        1 => e with { Medium = "e-mail", Source = chance.Pick("newsletter", "crm"), Campaign = "Märzbrief" },
        2 => (e with { Referrer = "https://www.google.de/", RefrMedium = "search" }).Also(
            (EventField.RefrUrlhost, "www.google.de"), (EventField.RefrUrlpath, "/"), (EventField.RefrSource, chance.Pick("Google", null)),
            (EventField.RefrTerm, "schuhe")),
        3 => (e with { Referrer = "https://uk.bing.com/search", Campaign = chance.Pick("brand", null) }).Also(
            (EventField.RefrUrlhost, "uk.bing.com"), (EventField.RefrUrlpath, "/search")),
        4 => (e with { Referrer = "https://blog.example/a?b=c" }).Also((EventField.RefrUrlhost, "blog.example"), (EventField.RefrUrlpath, "/a")),
        5 => e with { Source = "newsletter" },
        _ => e,
    };

    /// <summary>A page.</summary>
    public static TestEvent Page(this TestEvent e, Chance chance)
    {
        var (path, query, title) = chance.Pick(
            ("/", null, "Home"), ("/p/1", "a=1&b=ü", "Schuh „Größe 42“ 👟"), ("/p/2", null, null), ("/find", "q=x&p=2", "Find"), ("/help", null, "Hilfe"),
            ("/welcome", null, "Welcome"));
        return (e with
        {
            Url = $"https://shop.example{path}{(query is null ? "" : "?" + query)}",
            Host = "shop.example",
            Path = path,
            Title = title,
        }).Also((EventField.PageUrlscheme, "https"), (EventField.PageUrlquery, query), (EventField.PageUrlfragment, chance.Pick("top", null)));
    }

    /// <summary>What happens beside views: clicks, purchases, errors, consent, vitals.</summary>
    public static TestEvent Happening(this TestEvent e, Chance chance) => chance.Between(0, 7) switch
    {
        0 or 1 => e with { Name = "link_click" },
        2 or 3 => e with
        {
            Name = "purchase",
            Told = TestEntity.Of("com.example/purchase", chance.Pick("1-0-0", "1-2-0"),
                ("total", chance.Pick<object?>(12.5, 19.99, 7, 0, -3.1, 1234.56789149, "free", "7.25", true, null)), ("status", chance.Pick("test", "paid", null))),
        },
        4 => e with
        {
            Name = "application_error",
            Told = TestEntity.Of("com.snowplowanalytics.snowplow/application_error", "1-0-2",
                ("message", "Tab\there, \"quotes\", \\ and\nlines: ü 👟"), ("programmingLanguage", "JAVASCRIPT"), ("className", chance.Pick("TypeError", null)),
                ("exceptionName", chance.Pick("e", null)), ("isFatal", chance.Pick<object?>(true, false, null)), ("lineNumber", chance.Pick<object?>(17, null)),
                ("lineColumn", chance.Pick<object?>(3, null)), ("fileName", "a.js"), ("threadName", chance.Pick("main", null)),
                ("threadId", chance.Pick<object?>(1L, 9_007_199_254_740_993L, null)), ("stackTrace", "at a\n\tat b"), ("causeStackTrace", chance.Pick("c", null))),
        },
        5 => e with
        {
            Name = "consent_preferences",
            Told = TestEntity.Of("com.snowplowanalytics.snowplow/consent_preferences", "1-0-0",
                ("eventType", chance.Pick("allow_all", "deny_all", "allow_selected")), ("basisForProcessing", "consent"), ("consentUrl", "https://shop.example/privacy"),
                ("consentVersion", chance.Pick("1.0", "2.0")), ("consentScopes", chance.Pick<string[]>(["necessary", "mœsure"], [], ["all"])),
                ("domainsApplied", new[] { "shop.example" }), ("gdprApplies", chance.Pick<object?>(true, false, null))),
        },
        6 => e with
        {
            Name = "cmp_visible",
            Told = TestEntity.Of("com.snowplowanalytics.snowplow/cmp_visible", "1-0-0", ("elapsedTime", chance.Pick<object?>(1.25, 0.5, null))),
        },
        _ => e with
        {
            Name = "web_vitals",
            Told = TestEntity.Of("com.snowplowanalytics.snowplow/web_vitals", "1-0-0",
                ("lcp", chance.Pick<object?>(2500, 2500.4, 4000, 4000.0001, 1234.5678, null)), ("fcp", chance.Pick<object?>(801.00049, 12, null)),
                ("fid", chance.Pick<object?>(100, 100.0001, 300, 2.3, null)), ("cls", chance.Pick<object?>(0.1, 0.1004, 0.25, 0.2501, 0, null)),
                ("inp", chance.Pick<object?>(200, 500.5, 500, null)), ("ttfb", chance.Pick<object?>(799.9999, 800.0009, 1800, 1801, null)),
                ("navigationType", chance.Pick("navigate", "reload", null))),
        },
    };
}
