using System.Net;
using System.Text;
using System.Text.Json;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Tests.Api;

public sealed class ProfilesApiTests : IAsyncLifetime
{
    private const string Rules = """
        {
          "version": 1,
          "attribute_groups": [
            {
              "name": "visitor", "version": 2, "key": "user",
              "attributes": [
                { "name": "views", "aggregation": "counter", "when": { "field": "event_name", "equals": "page_view" } },
                { "name": "last_page", "aggregation": "last", "property": "page_url", "default_value": "none" },
                { "name": "last_seen", "aggregation": "last", "property": "derived_tstamp" },
                { "name": "titles", "aggregation": "category_count", "property": "page_title", "period": 3600 },
                { "name": "idle", "aggregation": "time_since_last" }
              ]
            },
            { "name": "account", "version": 1, "key": "page_title", "ttl": 86400, "attributes": [{ "name": "n", "aggregation": "counter" }] }
          ]
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private WebApplication _server = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        var rules = Path.Combine(_folder.Path, "rules.json");
        await File.WriteAllTextAsync(rules, Rules);
        _server = Server.Build(new Dictionary<string, string?> { ["Snowplow:Data"] = _folder.Path, ["urls"] = "http://127.0.0.1:0", ["Model:Rules"] = rules });
        await _server.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_server.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Profile_WhenEventsHaveArrived_HasItsAttributesAsTypedJson()
    {
        await SendAsync("ann", "Tents");
        await SendAsync("ann", "a/b c");

        var profile = await UntilAsync("/api/profiles/visitor/ann", profile => profile.GetProperty("attributes").GetProperty("views").GetInt64() == 2);
        profile.GetProperty("group").GetString().ShouldBe("visitor");
        profile.GetProperty("version").GetInt32().ShouldBe(2);
        profile.GetProperty("key").GetString().ShouldBe("d:ann");
        var attributes = profile.GetProperty("attributes");
        attributes.GetProperty("last_page").GetString().ShouldBe("https://shop.example/tents?a=1&b=2");
        attributes.GetProperty("last_seen").GetString().ShouldBe(profile.GetProperty("last_event_tstamp").GetString());
        attributes.GetProperty("last_seen").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddHours(-1));
        attributes.GetProperty("titles").GetRawText().ShouldBe("""{"Tents":1,"a/b c":1}""");
        attributes.GetProperty("idle").GetDouble().ShouldBeGreaterThanOrEqualTo(0);
        (await UntilAsync("/api/profiles/visitor/d:ann", _ => true)).GetProperty("attributes").GetProperty("views").GetInt64().ShouldBe(2);
        (await UntilAsync("/api/profiles/account/a%2Fb%20c", _ => true)).GetProperty("attributes").GetRawText().ShouldBe("""{"n":1}""");
    }

    [Fact]
    public async Task Profile_OfAKeyThatNoEventHad_HasTheDefaults() =>
        (await UntilAsync("/api/profiles/visitor/nobody", _ => true)).GetRawText().ShouldBe(
            """{"group":"visitor","version":2,"key":"nobody","attributes":{"views":0,"last_page":"none","last_seen":null,"titles":{},"idle":null}}""");

    [Fact]
    public async Task Profile_OfAnUnknownGroup_Answers404AndNamesTheGroups()
    {
        using var response = await _http.GetAsync("/api/profiles/visitors/ann");
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).ShouldBe("""{"error":"There is no attribute group 'visitors'. There are: visitor, account."}""");
    }

    [Fact]
    public async Task Profile_OfAKeyThatIsTooLong_Answers404WithAReason()
    {
        using var response = await _http.GetAsync($"/api/profiles/account/{new string('x', 256)}");
        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await response.Content.ReadAsStringAsync()).ShouldContain("at most 255 bytes");
    }

    [Fact]
    public async Task Groups_WhenAsked_AreThoseOfTheRules()
    {
        var groups = (await UntilAsync("/api/profiles", _ => true)).GetProperty("groups");
        groups[0].GetProperty("attributes")[3].GetRawText().ShouldBe("""{"name":"titles","aggregation":"category_count","property":"page_title","period_in_s":3600}""");
        groups[0].GetProperty("attributes")[1].GetProperty("default_value").GetString().ShouldBe("none");
        var account = groups[1];
        (account.GetProperty("name").GetString(), account.GetProperty("version").GetInt32(), account.GetProperty("key").GetString(), account.GetProperty("ttl_in_s").GetInt64())
            .ShouldBe(("account", 1, "page_title", 86400));
    }

    private async Task SendAsync(string user, string title)
    {
        var e = $$"""{"e":"pv","eid":"{{Guid.NewGuid()}}","duid":"{{user}}","p":"web","tv":"t","aid":"test","url":"https://shop.example/tents?a=1&b=2","page":"{{title}}"}""";
        var body = $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{{e}}]}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync("/com.snowplowanalytics.snowplow/tp2", content);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> holds)
    {
        for (var deadline = DateTime.UtcNow.AddSeconds(60); ; await Task.Delay(20))
        {
            using var json = JsonDocument.Parse(await _http.GetStringAsync(path));
            if (holds(json.RootElement)) return json.RootElement.Clone();
            if (DateTime.UtcNow > deadline) throw new TimeoutException($"{path} stays {json.RootElement.GetRawText()}");
        }
    }
}
