using System.Net;
using System.Text;
using System.Text.Json;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Tests.Api;

public sealed class PersonApiTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication _server = null!;
    private HttpClient _http = null!;
    private int _events;

    public async Task InitializeAsync()
    {
        var rules = Path.Combine(_folder.Path, "rules.json");
        await File.WriteAllTextAsync(
            rules,
            """
            {"version": 1, "identifiers": [
              {"name": "login", "field": "user_id"},
              {"name": "mail", "field": "user_fingerprint", "unique": false, "max_users": 3}
            ]}
            """);
        _server = Server.Build(new Dictionary<string, string?>
        {
            ["Snowplow:Data"] = Path.Combine(_folder.Path, "data"), ["urls"] = "http://127.0.0.1:0", ["Model:Rules"] = rules,
        });
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
    public async Task Person_OfDevicesThatShareALoginOrWhatALoginHas_IsOne_FromAnyOfThem()
    {
        await SendAsync("phone", login: "jo");
        await SendAsync("laptop", login: "jo", mail: "m1");
        await SendAsync("tablet", mail: "m1");
        await SendAsync("stranger");

        const string Wanted = """{"person_id":"login:jo","user_keys":["d:laptop","d:phone","d:tablet"],"identities":["login:jo","mail:m1"],"is_complete":true}""";
        foreach (var id in new[] { "login:jo", "mail:m1", "d:phone", "tablet", "laptop" }) await UntilAsync($"/api/persons/{id}", Wanted);
        await UntilAsync("/api/persons/stranger", """{"person_id":"d:stranger","user_keys":["d:stranger"],"identities":[],"is_complete":true}""");
    }

    [Fact]
    public async Task Persons_WhoTurnOutToBeOne_AreOneFromThenOn()
    {
        await SendAsync("phone", mail: "m1");
        await SendAsync("laptop", login: "jo");
        await UntilAsync("/api/persons/phone", """{"person_id":"mail:m1","user_keys":["d:phone"],"identities":["mail:m1"],"is_complete":true}""");
        await SendAsync("laptop", mail: "m1");
        await UntilAsync("/api/persons/phone", """{"person_id":"login:jo","user_keys":["d:laptop","d:phone"],"identities":["login:jo","mail:m1"],"is_complete":true}""");
    }

    [Fact]
    public async Task Identity_ThatEverybodyHas_JoinsNobody()
    {
        foreach (var user in new[] { "a", "b", "c", "e" }) await SendAsync(user, mail: "info");
        await UntilAsync("/api/persons/a", """{"person_id":"d:a","user_keys":["d:a"],"identities":[],"is_complete":true}""");
        await UntilAsync("/api/persons/mail:info", """{"person_id":"mail:info","user_keys":[],"identities":["mail:info"],"is_complete":false}""");
        using var identity = JsonDocument.Parse(await _http.GetStringAsync(new Uri("/api/identities/mail:info", UriKind.Relative)));
        identity.RootElement.GetProperty("is_shared").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Ids_ThatNobodyHas_AreNotFound()
    {
        foreach (var path in new[] { "/api/persons/nobody", "/api/persons/login:nobody", "/api/identities/login:nobody" })
        {
            using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative));
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("has arrived");
        }
    }

    private async Task SendAsync(string user, string? login = null, string? mail = null)
    {
        var json = $$"""
            {"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{"e":"pv","p":"web","tv":"t","eid":"00000000-0000-4000-8000-{{_events++:D12}}","duid":"{{user}}"{{Member("uid", login)}}{{Member("fp", mail)}}}]}
            """;
        using var body = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await _http.PostAsync(new Uri("/com.snowplowanalytics.snowplow/tp2", UriKind.Relative), body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static string Member(string name, string? value) => value is null ? "" : $",\"{name}\":\"{value}\"";

    // An identity knows with the next checkpoint what an event says.
    private async Task UntilAsync(string path, string wanted)
    {
        var answer = "";
        for (var attempt = 0; attempt < 200 && answer != wanted; attempt++)
        {
            if (attempt > 0) await Task.Delay(50);
            using var response = await _http.GetAsync(new Uri(path, UriKind.Relative));
            answer = await response.Content.ReadAsStringAsync();
        }

        answer.ShouldBe(wanted);
    }
}
