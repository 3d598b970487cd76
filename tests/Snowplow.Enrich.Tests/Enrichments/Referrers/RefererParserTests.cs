using System.Text.Json;
using Snowplow.Enrich.Enrichments.Referrers;
using Snowplow.Enrich.Tests.Pipeline;

namespace Snowplow.Enrich.Tests.Enrichments.Referrers;

public sealed class RefererParserTests : IDisposable
{
    private const string Database = """
        {
          "search": {
            "Acme Search": { "domains": ["search.acme.example", "acme.example/find"], "parameters": ["q", "words"] },
            "Acme": { "domains": ["acme.example"] }
          },
          "social": { "Friends": { "domains": ["Friends.example", "com.friends.app"], "parameters": null } },
          "unknown": { "Acme": { "domains": ["help.acme.example"] } },
          "podcast": { "Ear": { "domains": ["ear.example/listen"] } }
        }
        """;

    private readonly Harness _builtIn = new();

    // page | referrer | columns, by the built-in list
    [Theory]
    [InlineData("http://shop.example/", "https://www.google.com/", "refr_medium=search refr_source=Google refr_term=")]
    [InlineData("http://shop.example/", "https://www.google.co.uk/search?hl=en&q=red+shoes%21", "refr_medium=search refr_source=Google refr_term=red\u00b7shoes!")]
    [InlineData("http://shop.example/", "https://www.google.com/imgres?q=a", "refr_medium=search refr_source=Google\u00b7Images refr_term=a")]
    [InlineData("http://shop.example/", "https://mail.google.com/mail/u/0", "refr_medium=email refr_source=Gmail")]
    [InlineData("http://shop.example/", "https://docs.google.com/document", "refr_medium=unknown refr_source=")]
    [InlineData("http://shop.example/", "https://www.bing.com/search?q=", "refr_medium=search refr_source=Bing refr_term=")]
    [InlineData("http://shop.example/", "https://WWW.Bing.COM/search?Q=a", "refr_medium=search refr_source=Bing refr_term=")]
    [InlineData("http://shop.example/", "https://www.bing.com/chat?q=a", "refr_medium=chatbot refr_source=Microsoft\u00b7Copilot")]
    [InlineData("http://shop.example/", "https://search.yahoo.co.jp/search?p=%E9%9D%B4", "refr_medium=search refr_source=Yahoo!\u00b7Japan refr_term=靴")]
    [InlineData("http://shop.example/", "https://l.facebook.com/l.php", "refr_medium=social refr_source=Facebook")]
    [InlineData("http://shop.example/", "https://t.co/abc", "refr_medium=social refr_source=X")]
    [InlineData("http://shop.example/", "android-app://com.google.android.gm/", "refr_medium=email refr_source=Gmail")]
    [InlineData("http://shop.example/", "https://chatgpt.com/", "refr_medium=chatbot refr_source=ChatGPT")]
    [InlineData("http://shop.example/", "https://www.perplexity.ai/search/x", "refr_medium=chatbot refr_source=Perplexity")]
    [InlineData("http://shop.example/", "https://claude.ai/chat/1", "refr_medium=chatbot refr_source=Claude")]
    [InlineData("http://shop.example/", "https://gemini.google.com/app", "refr_medium=chatbot refr_source=Gemini")]
    [InlineData("http://shop.example/", "https://copilot.microsoft.com/", "refr_medium=chatbot refr_source=Microsoft\u00b7Copilot")]
    [InlineData("http://shop.example/", "https://googleads.g.doubleclick.net/", "refr_medium=paid refr_source=Google\u00b7Ads")]
    [InlineData("http://shop.example/", "https://nobody.example/a/b?q=c", "refr_medium=unknown refr_source= refr_term=")]
    [InlineData("http://shop.example/", "https://shop.example:8080/a", "refr_medium=internal refr_source=")]
    [InlineData("https://www.google.com/", "https://www.google.com/", "refr_medium=internal refr_source=")]
    [InlineData("", "https://duckduckgo.com", "refr_medium=search refr_source=DuckDuckGo")]
    [InlineData("http://shop.example/", "ftp://www.google.com/", "refr_medium= refr_source=")]
    [InlineData("http://shop.example/", "mailto:a@google.com", "refr_medium= refr_source=")]
    [InlineData("http://shop.example/", "/search?q=a", "refr_medium=")]
    public async Task Referrer_ByTheBuiltInList_HasItsMedium(string page, string referrer, string expected) =>
        (await _builtIn.ProcessAsync(Harness.PostPageView(("url", page), ("refr", referrer)))).Event.ShouldHave(expected);

    [Theory]
    [InlineData("http://acme.example/", "refr_medium=search refr_source=Acme refr_term=")]
    [InlineData("http://any.label.acme.example/?q=a", "refr_medium=search refr_source=Acme refr_term=")]
    [InlineData("http://acme.example/find?words=b&q=a", "refr_medium=search refr_source=Acme\u00b7Search refr_term=b")]
    [InlineData("http://acme.example/find/more?q=a", "refr_medium=search refr_source=Acme\u00b7Search refr_term=a")]
    [InlineData("http://acme.example/more/find?q=a", "refr_medium=search refr_source=Acme")]
    [InlineData("http://help.acme.example/find?q=a", "refr_medium=search refr_source=Acme\u00b7Search refr_term=a")]
    [InlineData("http://help.acme.example/", "refr_medium=unknown refr_source=")]
    [InlineData("http://friends.example/", "refr_medium=social refr_source=Friends")]
    [InlineData("android-app://com.friends.app", "refr_medium=social refr_source=Friends")]
    [InlineData("http://ear.example/listen/1", "refr_medium=podcast refr_source=Ear")]
    [InlineData("http://ear.example/", "refr_medium=unknown")]
    [InlineData("http://example/", "refr_medium=unknown")]
    [InlineData("http://www.google.com/", "refr_medium=unknown")]
    [InlineData("http://intranet.shop.example/", "refr_medium=internal")]
    [InlineData("http://deep.intranet.shop.example/", "refr_medium=unknown")]
    public async Task Referrer_ByADatabase_HasItsMedium(string referrer, string expected)
    {
        using var files = new EnrichmentFiles().AddFile("referers.data", Database);
        files.Add("com.snowplowanalytics.snowplow/referer_parser/2-0-0", $$"""
            {"internalDomains":["Intranet.shop.example"],"database":"referers.data","uri":"file://{{files.Folder}}"}
            """);
        using var harness = new Harness(files.Options);
        (await harness.ProcessAsync(Harness.PostPageView(("url", "http://shop.example/"), ("refr", referrer)))).Event.ShouldHave(expected);
    }

    [Theory]
    [InlineData("http://acme.example/", "refr_medium=partner refr_source=Own")]
    [InlineData("http://search.acme.example/?q=a", "refr_medium=partner refr_source=Own")]
    [InlineData("http://friends.example/", "refr_medium=social refr_source=Friends")]
    [InlineData("http://own.example/?code=7", "refr_medium=affiliate refr_source=Other refr_term=7")]
    public async Task Referrer_WithOwnReferrers_PrefersThem(string referrer, string expected)
    {
        using var files = new EnrichmentFiles().AddFile("referers.data", Database);
        files.Add("com.snowplowanalytics.snowplow/referer_parser/2-0-1", $$$"""
            {"internalDomains":[],"database":"referers.data","uri":"file://{{{files.Folder}}}",
             "referrers":{"partner":{"Own":{"domains":["acme.example"]}},"affiliate":{"Other":{"domains":["own.example"],"parameters":["code"]}} } }
            """);
        using var harness = new Harness(files.Options);
        (await harness.ProcessAsync(Harness.PostPageView(("refr", referrer)))).Event.ShouldHave(expected);
    }

    // page | referrer | columns | the entity's data
    [Theory]
    [InlineData("http://shop.example/?utm_source=acme-news", "http://friends.example/", "refr_medium=social refr_source=Friends", """{"source":"Own","medium":"partner"}""")]
    [InlineData("http://shop.example/?a=b&utm_source=ear%20cast&utm_source=acme-news", "", "refr_medium= refr_source=", """{"source":"Ear","medium":"podcast"}""")]
    [InlineData("http://shop.example/?utm_source=both", "", "", """{"source":"Own","medium":"partner"}""")]
    [InlineData("http://shop.example/?utm_source=Both", "", "", null)]
    [InlineData("http://shop.example/?utm_source=", "", "", null)]
    [InlineData("http://shop.example/?utm_medium=both", "http://shop.example/?utm_source=both", "refr_medium=internal", null)]
    public async Task UtmSource_OfAKnownReferrer_AddsAnEntityAndLeavesTheColumns(string page, string referrer, string columns, string? data)
    {
        using var files = new EnrichmentFiles().AddFile("referers.data", """
            {"podcast":{"Ear":{"domains":["ear.example"],"utm_sources":["ear cast","both"]}},"social":{"Friends":{"domains":["friends.example"]}}}
            """);
        files.Add("com.snowplowanalytics.snowplow/referer_parser/2-0-2", $$$"""
            {"internalDomains":[],"database":"referers.data","uri":"file://{{{files.Folder}}}",
             "referrers":{"partner":{"Own":{"domains":["acme.example"],"utm_sources":["acme-news","both"]}} } }
            """);
        using var harness = new Harness(files.Options);
        var e = (await harness.ProcessAsync(Harness.PostPageView(("url", page), ("refr", referrer)))).Event;
        if (columns.Length > 0) e.ShouldHave(columns);
        var contexts = e.Text(Snowplow.Events.Enriched.EventField.DerivedContexts);
        if (data is null) contexts.ShouldBeNull();
        else contexts.ShouldBe($$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-1","data":[{"schema":"iglu:com.snowplowanalytics.snowplow/utm_referrer/jsonschema/1-0-0","data":{{{data}}}}]}""");
    }

    [Fact]
    public async Task UtmSource_OfChatGpt_IsKnownToTheBuiltInList() =>
        (await _builtIn.ProcessAsync(Harness.PostPageView(("url", "http://shop.example/?utm_source=chatgpt.com")))).Event
            .Text(Snowplow.Events.Enriched.EventField.DerivedContexts)!.ShouldContain("""{"source":"ChatGPT","medium":"chatbot"}""");

    [Fact]
    public async Task Configuration_OfModelOne_StandsForTheBuiltInList()
    {
        using var files = EnrichmentFiles.Of("com.snowplowanalytics.snowplow/referer_parser/1-0-0", """{"internalDomains":["www.bing.com"]}""");
        using var harness = new Harness(files.Options);
        (await harness.ProcessAsync(Harness.PostPageView(("refr", "https://www.google.com/")))).Event.ShouldHave("refr_source=Google");
        (await harness.ProcessAsync(Harness.PostPageView(("refr", "https://www.bing.com/")))).Event.ShouldHave("refr_medium=internal");
    }

    [Fact]
    public async Task Folder_WithoutRefererParser_SetsNoMedium()
    {
        using var files = new EnrichmentFiles();
        using var harness = new Harness(files.Options);
        (await harness.ProcessAsync(Harness.PostPageView(("refr", "https://www.google.com/")))).Event.ShouldHave("refr_medium= refr_urlhost=www.google.com");
    }

    [Theory]
    [InlineData("""[]""", "the database must be an object")]
    [InlineData("""{"search":[]}""", "search must be an object")]
    [InlineData("""{"search":{"A":[]}}""", "search.A must be an object with 'domains'")]
    [InlineData("""{"search":{"A":{"domains":"a.com"}}}""", "search.A.domains must be a list of texts")]
    [InlineData("""{"search":""", "cannot be read")]
    public void Database_ThatIsBroken_IsRefused(string database, string expected)
    {
        using var files = new EnrichmentFiles().AddFile("referers.data", database);
        files.Add("com.snowplowanalytics.snowplow/referer_parser/2-0-0", $$"""{"internalDomains":[],"database":"referers.data","uri":"file://{{files.Folder}}"}""");
        files.ShouldBeRefused(expected);
    }

    [Theory]
    [InlineData("2-0-0", """{"internalDomains":[],"database":"missing.json","uri":"file:///nowhere"}""", "parameters.database: the file /nowhere/missing.json is not there.")]
    [InlineData("2-0-0", """{"internalDomains":[]}""", "database")]
    [InlineData("3-0-0", """{"internalDomains":[]}""", "version 3-0-0 of referer_parser is not supported; write it by 2-*-* (known versions: 1-0-0, 2-0-0, 2-0-1, 2-0-2).")]
    [InlineData("2-0-1", """{"internalDomains":[],"database":"d","uri":"file:///","referrers":{"a":{"b":{"domains":["c"],"utm_sources":["d"]}} } }""", "utm_sources")]
    [InlineData("2-0-9", """{"internalDomains":[],"database":"d","uri":"file:///","more":1}""", "(version 2-0-9 is not known here and is read as 2-0-2).")]
    public void Configuration_ThatIsWrong_IsRefused(string version, string parameters, string expected)
    {
        using var files = EnrichmentFiles.Of($"com.snowplowanalytics.snowplow/referer_parser/{version}", parameters);
        Should.Throw<Snowplow.Enrich.Enrichments.Configuration.EnrichmentConfigException>(() => new Harness(files.Options)).Message.ShouldContain(expected);
    }

    [Fact]
    public void BuiltInList_FindsEveryOneOfItsDomains()
    {
        using var resource = typeof(ReferrerDatabase).Assembly.GetManifestResourceStream("referrers.json")!;
        using var document = JsonDocument.Parse(resource);
        var sources = 0;
        foreach (var source in document.RootElement.EnumerateObject().SelectMany(medium => medium.Value.EnumerateObject()))
        {
            sources++;
            foreach (var domain in source.Value.GetProperty("domains").EnumerateArray().Select(item => item.GetString()!))
            {
                var slash = domain.IndexOf('/');
                var host = System.Text.Encoding.UTF8.GetBytes(slash < 0 ? domain : domain[..slash]);
                var path = System.Text.Encoding.UTF8.GetBytes(slash < 0 ? "" : domain[slash..]);
                System.Text.Encoding.UTF8.GetString(ReferrerDatabase.BuiltIn.Find(host, path).ShouldNotBeNull(domain).Source).ShouldBe(source.Name, domain);
            }
        }

        sources.ShouldBeGreaterThan(150);
    }

    [Fact]
    public void Lookup_OfAnyHostAndPath_AllocatesNothing()
    {
        var database = ReferrerDatabase.BuiltIn;
        byte[] longHost = new byte[10_000], longPath = [(byte)'/', .. new byte[10_000]];
        Find();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Find();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Find()
        {
            database.Find("www.google.de"u8, "/search"u8);
            database.Find("a.b.c.nobody.example"u8, "/a/b/c"u8);
            database.Find("münchen.example"u8, ""u8);
            database.Find(longHost, longPath);
            database.Find("a.example"u8, longPath);
        }
    }

    public void Dispose() => _builtIn.Dispose();
}
