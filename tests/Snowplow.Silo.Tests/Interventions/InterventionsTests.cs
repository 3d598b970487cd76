using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Orleans;
using Snowplow.Grains.Interventions;
using Snowplow.Model.Profiles;
using Snowplow.Silo.Serve;

namespace Snowplow.Silo.Tests.Interventions;

public sealed class InterventionsTests : IAsyncLifetime
{
    private const string Secret = "a secret of the tests";

    private const string Rules = """
        {
          "version": 1,
          "attribute_groups": [{ "name": "visitor", "version": 2, "key": "user", "attributes": [{ "name": "views", "aggregation": "counter" }] }],
          "interventions": [
            { "name": "keen", "version": 1, "group": "visitor", "when": { "attribute": "views", "at_least": 2 } },
            { "name": "new", "version": 1, "group": "visitor", "when": { "attribute": "views", "equals": 1 } }
          ]
        }
        """;

    private readonly TemporaryFolder _folder = new();
    private WebhookReceiver _receiver = null!;
    private WebApplication _server = null!;
    private HttpClient _http = null!;

    public async Task InitializeAsync()
    {
        _receiver = await WebhookReceiver.StartAsync(refusals: 2);
        var rules = Path.Combine(_folder.Path, "rules.json");
        await File.WriteAllTextAsync(rules, Rules);
        _server = Server.Build(new Dictionary<string, string?>
        {
            ["Snowplow:Data"] = _folder.Path,
            ["urls"] = "http://127.0.0.1:0",
            ["Model:Rules"] = rules,
            ["Interventions:Webhooks:crm:Url"] = _receiver.Url,
            ["Interventions:Webhooks:crm:Secret"] = Secret,
            ["Interventions:Webhooks:crm:Interventions:0"] = "keen",
            ["Interventions:Webhooks:down:Url"] = "http://127.0.0.1:9/nobody",
            ["Interventions:Webhooks:down:Secret"] = Secret,
        });
        await _server.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_server.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
        await _receiver.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Webhook_ThatRefusesAtFirst_GetsASignedRequestUntilItTakesIt()
    {
        await SendAsync("ann");
        await SendAsync("ann");
        await UntilAsync("/api/interventions", json => json.GetProperty("webhooks")[0].GetProperty("delivered").GetInt64() == 1);

        var requests = _receiver.Requests.ToArray();
        requests.Select(request => request.Attempt).ShouldBe(["1", "2", "3"]);
        requests.Select(request => request.Id).Distinct().ShouldHaveSingleItem();
        foreach (var (signature, id, _, contentType, body) in requests)
        {
            contentType.ShouldBe("application/json; charset=utf-8");
            var time = signature.Split(',')[0]["t=".Length..];
            var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), (byte[])[.. Encoding.ASCII.GetBytes(time + "."), .. body]);
            signature.ShouldBe($"t={time},v1={Convert.ToHexStringLower(expected)}");
            using var json = JsonDocument.Parse(body);
            json.RootElement.GetProperty("id").GetString().ShouldBe(id);
            json.RootElement.GetProperty("intervention").GetString().ShouldBe("keen");
            json.RootElement.GetProperty("attributes").GetRawText().ShouldBe("""{"views":2}""");
        }

        var metrics = await _http.GetStringAsync("/metrics");
        metrics.ShouldContain("snowplow_webhooks_delivered_total{webhook=\"crm\"} 1");
        metrics.ShouldContain("snowplow_interventions_told_total{intervention=\"keen\"} 1");
    }

    [Fact]
    public async Task Stream_OfAProfile_ShowsItsInterventionsAlone_AndThatOfAllShowsAll()
    {
        using var own = await OpenAsync("/api/profiles/visitor/ann/stream");
        using var all = await OpenAsync("/api/interventions/stream");
        await SendAsync("bob");
        await UntilAsync("/api/profiles/visitor/bob", json => json.GetProperty("attributes").GetProperty("views").GetInt64() == 1);
        await SendAsync("ann");
        await UntilAsync("/api/profiles/visitor/ann", json => json.GetProperty("attributes").GetProperty("views").GetInt64() == 1);
        await SendAsync("ann");

        (await ReadAsync(own, 2)).ShouldBe(["new d:ann", "keen d:ann"]);
        (await ReadAsync(all, 3)).ShouldBe(["new d:bob", "new d:ann", "keen d:ann"], ignoreOrder: true);
    }

    [Fact]
    public async Task Interventions_ThatAWebhookDoesNotTake_LieInTheDeadLettersAndInHealth()
    {
        var grain = _server.Services.GetRequiredService<IGrainFactory>().GetGrain<IWebhookGrain>("down");
        await grain.Enqueue([.. Enumerable.Range(0, WebhookQueue.Capacity + 5).Select(i =>
            new Intervention($"id-{i}", "keen", "visitor", "d:ann", DateTimeOffset.UtcNow, $$"""{"id":"id-{{i}}"}"""))]);

        var webhooks = (await UntilAsync("/api/interventions", json => json.GetProperty("webhooks")[1] is var down
            && down.GetProperty("dead").GetInt64() == 5 && down.TryGetProperty("problem", out _))).GetProperty("webhooks");
        (webhooks[1].GetProperty("name").GetString(), webhooks[1].GetProperty("waiting").GetInt32()).ShouldBe(("down", WebhookQueue.Capacity));

        var letters = (await File.ReadAllLinesAsync(Path.Combine(_folder.Path, "dead-letters", "down.jsonl"))).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        letters.Select(letter => letter.GetProperty("intervention").GetProperty("id").GetString()).ShouldBe(["id-0", "id-1", "id-2", "id-3", "id-4"]);
        letters[0].GetProperty("fault").GetString().ShouldBe("More than 1000 interventions waited.");
        (await _http.GetStringAsync("/metrics")).ShouldContain("snowplow_webhooks_dead_total{webhook=\"down\"} 5");
    }

    [Fact]
    public async Task Interventions_WhenAsked_AreThoseOfTheRules() =>
        (await UntilAsync("/api/interventions", _ => true)).GetProperty("interventions").GetRawText().ShouldBe(
            """[{"name":"keen","version":1,"group":"visitor"},{"name":"new","version":1,"group":"visitor"}]""");

    private async Task SendAsync(string user)
    {
        var e = $$"""{"e":"pv","eid":"{{Guid.NewGuid()}}","duid":"{{user}}","p":"web","tv":"t","aid":"test","url":"https://shop.example/"}""";
        var body = $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{{e}}]}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.PostAsync("/com.snowplowanalytics.snowplow/tp2", content);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<StreamReader> OpenAsync(string path)
    {
        var response = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        return new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    private static async Task<ImmutableArray<string>> ReadAsync(StreamReader stream, int count)
    {
        var told = ImmutableArray.CreateBuilder<string>();
        while (told.Count < count)
        {
            var line = await stream.ReadLineAsync() ?? throw new InvalidOperationException("The feed ended.");
            if (!line.StartsWith("data: ", StringComparison.Ordinal)) continue;
            using var json = JsonDocument.Parse(line["data: ".Length..]);
            told.Add($"{json.RootElement.GetProperty("intervention").GetString()} {json.RootElement.GetProperty("key").GetString()}");
        }

        return told.ToImmutable();
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
