using System.Net;
using System.Text;
using System.Text.Json;
using Snowplow.Model;
using Snowplow.Model.Sessions;
using Snowplow.Model.Users;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Tests.Api;

public sealed class LiveApiTests : IAsyncLifetime
{
    private const string Session = "6f3ef0a6-8a0b-4cf5-9d5d-0d4d0d6d7e51";
    private const string User = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

    private readonly TemporaryFolder _folder = new();
    private WebApplication _server = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _server = Server.Build(new Dictionary<string, string?> { ["Snowplow:Data"] = _folder.Path, ["urls"] = "http://127.0.0.1:0" });
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
    public async Task Live_WhenEventsArrive_ShowsEventSessionUserStatsAndBadRows()
    {
        using var stream = await OpenLiveAsync();
        await SendAsync(Event("11111111-1111-4111-8111-111111111111", $"\"duid\":\"{User}\",\"sid\":\"{Session}\",\"vid\":\"1\","), """{"e":"pv","p":"nowhere","tv":"t","eid":"44444444-4444-4444-8444-444444444444"}""");

        var messages = await ReadUntilAsync(stream, ["batch", "session", "user", "stats"]);

        var batch = messages.First(message => message.Name == "batch" && message.Data.GetProperty("good").GetInt32() > 0).Data;
        var shown = batch.GetProperty("events")[0];
        shown.GetProperty("event_id").GetString().ShouldBe("11111111-1111-4111-8111-111111111111");
        shown.GetProperty("event_name").GetString().ShouldBe("page_view");
        shown.GetProperty("user").GetString().ShouldBe($"d:{User}");
        shown.GetProperty("session").GetString().ShouldBe(Session);
        batch.GetProperty("bad").GetInt32().ShouldBe(1);
        batch.GetProperty("up_to").GetInt64().ShouldBeGreaterThan(batch.GetProperty("from").GetInt64());
        var badRow = batch.GetProperty("bad_rows")[0];
        badRow.GetProperty("schema").GetString()!.ShouldContain("badrows");
        badRow.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        badRow.GetProperty("event_id").GetString().ShouldBe("44444444-4444-4444-8444-444444444444");
        badRow.GetProperty("failure_tstamp").GetDateTimeOffset().ShouldBeGreaterThan(DateTimeOffset.UnixEpoch);
        messages.First(message => message.Name == "session").Data.GetProperty("session_identifier").GetString().ShouldBe(Session);
        messages.First(message => message.Name == "user").Data.GetProperty("user_key").GetString().ShouldBe($"d:{User}");
        messages.First(message => message.Name == "stats").Data.TryGetProperty("events_per_second", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Live_WhenOpenedAfterTheLastEvent_ShowsWhatCameLast()
    {
        using var first = await OpenLiveAsync();
        await SendAsync(Event("55555555-5555-4555-8555-555555555555", $"\"duid\":\"{User}\",\"sid\":\"{Session}\","), """{"e":"pv","p":"nowhere","tv":"t"}""");
        await ReadUntilAsync(first, ["batch", "session", "user"]);

        using var second = await OpenLiveAsync();
        var messages = await ReadUntilAsync(second, ["recent", "session", "user"]);

        messages[0].Name.ShouldBe("recent");
        messages[0].Data.GetProperty("events")[0].GetProperty("event_id").GetString().ShouldBe("55555555-5555-4555-8555-555555555555");
        messages[0].Data.GetProperty("bad_rows").GetArrayLength().ShouldBe(1);
        messages.First(message => message.Name == "session").Data.GetProperty("session_identifier").GetString().ShouldBe(Session);
        messages.First(message => message.Name == "user").Data.GetProperty("user_key").GetString().ShouldBe($"d:{User}");
    }

    [Fact]
    public async Task Find_WhenAnEventHasArrived_AnswersBySentIdAndByPrefixedKey()
    {
        using var stream = await OpenLiveAsync();
        await SendAsync(Event("22222222-2222-4222-8222-222222222222", $"\"duid\":\"{User}\",\"sid\":\"{Session}\","));
        await ReadUntilAsync(stream, ["session", "user"]);

        foreach (var id in new[] { User, $"d:{User}" })
            (await JsonAsync($"/api/users/{Uri.EscapeDataString(id)}")).GetProperty("total_events").GetInt64().ShouldBe(1);
        var session = await JsonAsync($"/api/sessions/{Session}");
        session.GetProperty("first_page_url").GetString().ShouldBe("https://shop.example/tents?a=1&b=2");
        session.GetProperty("user_identifier").GetString().ShouldBe(User);
        session.TryGetProperty("mkt_source", out _).ShouldBeFalse("empty columns are left out");
    }

    [Fact]
    public async Task Find_WhenTheServerCutTheSession_AnswersByItsIdAndByItsUser()
    {
        using var stream = await OpenLiveAsync();
        await SendAsync(Event("33333333-3333-4333-8333-333333333333", $"\"duid\":\"{User}\","));
        var messages = await ReadUntilAsync(stream, ["batch", "session"]);
        messages.First(message => message.Name == "batch").Data.GetProperty("events")[0].GetProperty("session").GetString().ShouldBe($"d:{User}");

        var latest = await JsonAsync($"/api/sessions/{Uri.EscapeDataString($"d:{User}")}");
        var id = latest.GetProperty("session_identifier").GetString()!;
        id.ShouldStartWith($"d:{User}~");
        (await JsonAsync($"/api/sessions/{Uri.EscapeDataString(id)}")).GetRawText().ShouldBe(latest.GetRawText());
    }

    [Theory]
    [InlineData("/api/users/unknown")]
    [InlineData("/api/users/d:unknown")]
    [InlineData("/api/sessions/unknown")]
    [InlineData("/api/sessions/d:unknown~20260101T000000000Z")]
    [InlineData("/api/profiles/none/ann")]
    [InlineData("/api/profiles/none/ann/stream")]
    [InlineData("/api/nonsense")]
    [InlineData("/api/users")]
    [InlineData("/api/users/unknown/sessions")]
    public async Task Get_WhenThereIsNothing_Answers404WithAReason(string path)
    {
        using var response = await _http.GetAsync(path);

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        json.RootElement.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task OpenApi_WhenAsked_DescribesColumnsInSnakeCase()
    {
        var document = await JsonAsync("/api/openapi.json");

        document.GetProperty("paths").EnumerateObject().Select(path => path.Name).Order()
            .ShouldBe([
                "/api/erasures/{receipt}", "/api/identities/{id}", "/api/interventions", "/api/interventions/stream", "/api/lag", "/api/live", "/api/persons/{id}",
                "/api/profiles", "/api/profiles/{group}/{key}", "/api/profiles/{group}/{key}/stream", "/api/sessions/{id}", "/api/users/{id}",
            ]);
        var schemas = document.GetProperty("components").GetProperty("schemas");
        ShouldDescribe(schemas.GetProperty("SessionRow"), SessionColumns.All);
        ShouldDescribe(schemas.GetProperty("UserRow"), UserColumns.All);
    }

    [Fact]
    public async Task Metrics_WhenAskedByHead_AnswersWithoutABody()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/metrics");
        using var response = await _http.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await response.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Server_WhenStoppedWithWatchers_EndsAtOnce()
    {
        using var stream = await OpenLiveAsync();

        await _server.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));

        (await stream.ReadToEndAsync()).ShouldNotContain("event: batch");
    }

    private static void ShouldDescribe(JsonElement row, IEnumerable<ModelColumn> columns)
    {
        var properties = row.GetProperty("properties");
        foreach (var column in columns)
        {
            var property = properties.GetProperty(column.Name);
            property.GetProperty("description").GetString().ShouldBe(column.Rule);
            if (column.Type == "long")
                property.GetProperty("type").ToString().ShouldNotContain("string");
        }
    }

    private static string Event(string id, string ids) =>
        $$"""{"e":"pv","eid":"{{id}}",{{ids}}"p":"web","tv":"t","aid":"test","url":"https://shop.example/tents?a=1&b=2","page":"Tents"}""";

    private async Task SendAsync(params string[] events)
    {
        var body = $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{{string.Join(',', events)}}]}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync("/com.snowplowanalytics.snowplow/tp2", content);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<JsonElement> JsonAsync(string path)
    {
        using var json = JsonDocument.Parse(await _http.GetStringAsync(path));
        return json.RootElement.Clone();
    }

    private async Task<StreamReader> OpenLiveAsync()
    {
        var response = await _http.GetAsync("/api/live", HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    private static async Task<List<(string Name, JsonElement Data)>> ReadUntilAsync(StreamReader stream, string[] names)
    {
        var messages = new List<(string Name, JsonElement Data)>();
        var name = "";
        while (!names.All(wanted => messages.Exists(message => message.Name == wanted)))
        {
            var line = await stream.ReadLineAsync() ?? throw new InvalidOperationException($"The feed ended after {messages.Count} messages.");
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line["event: ".Length..];
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            using var json = JsonDocument.Parse(line["data: ".Length..]);
            messages.Add((name, json.RootElement.Clone()));
        }

        return messages;
    }
}
