using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Snowplow.Events.Enriched;
using Snowplow.Silo.Serve;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Tests.Forget;

/// <summary>Erasure over HTTP with the real host: what states, tables and receipts say, also after a restart.</summary>
public sealed class ErasureApiTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication _server = null!;
    private HttpClient _http = null!;

    public Task InitializeAsync() => StartAsync();

    public async Task DisposeAsync()
    {
        await StopAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Delete_OfALogin_ForgetsAllItsDevicesWithTheirSessionsAndNobodyElse()
    {
        await People.SendAsync(_http, People.AnnAtHome, People.AnnOnThePhone, People.Bob);
        await KnownAsync("d:ann-home", "d:ann-phone", "d:bob");

        var erasure = await ForgetAsync("ann@example.com");

        erasure.GetProperty("state").GetString().ShouldBe("forgotten");
        (erasure.GetProperty("users").GetInt32(), erasure.GetProperty("sessions").GetInt32()).ShouldBe((2, 2));
        erasure.TryGetProperty("person", out _).ShouldBeFalse();
        foreach (var path in new[] { "users/d:ann-home", "users/ann-phone", $"sessions/{People.AnnAtHome.Session}", $"sessions/{People.AnnOnThePhone.Session}" })
            (await _http.GetAsync($"/api/{path}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        (await _http.GetFromJsonAsync<JsonElement>("/api/users/d:bob")).GetProperty("total_events").GetInt64().ShouldBe(1);
        using (var live = new StreamReader(await _http.GetStreamAsync("/api/live")))
        {
            var recent = "";
            while (!recent.StartsWith("data:", StringComparison.Ordinal)) recent = (await live.ReadLineAsync())!;
            recent.ShouldContain("d:bob");
            recent.ShouldNotContain("ann");
        }

        var forgotten = await RowsAsync(LandingPath.Forgotten);
        forgotten.Select(row => (string)row["key"]!).Distinct().Order()
            .ShouldBe(["d:ann-home", "d:ann-phone", $"s:{People.AnnAtHome.Session}", $"s:{People.AnnOnThePhone.Session}"]);
        var revisions = forgotten.Where(row => (string)row["kind"]! == "user").ToLookup(row => (string)row["key"]!, row => (long)row["revision"]!);
        foreach (var row in await RowsAsync(LandingPath.Users))
            if (revisions[(string)row["user_key"]!].Any()) ((long)row["revision"]!).ShouldBeLessThan(revisions[(string)row["user_key"]!].Max());
    }

    [Fact]
    public async Task Delete_WhenThePersonComesBack_KnowsWhatCameAfterOnly()
    {
        await People.SendAsync(_http, People.Bob, People.Bob with { Id = "00000000-0000-4000-8000-0000000000b2" });
        await KnownAsync("d:bob");
        await ForgetAsync("bob");

        await People.SendAsync(_http, People.Bob with { Id = "00000000-0000-4000-8000-0000000000b3" });
        await KnownAsync("d:bob");

        (await _http.GetFromJsonAsync<JsonElement>("/api/users/d:bob")).GetProperty("total_events").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Delete_BeforeARestart_IsDoneAfterIt()
    {
        await People.SendAsync(_http, People.AnnAtHome);
        await KnownAsync("d:ann-home");
        var receipt = await AcceptAsync("ann-home");
        await StopAsync();

        await StartAsync();

        (await DoneAsync(receipt)).GetProperty("state").GetString().ShouldBe("forgotten");
        (await _http.GetAsync("/api/users/ann-home")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Delete_OfNobody_SaysSo() => (await ForgetAsync("nobody")).GetProperty("state").GetString().ShouldBe("not_found");

    [Fact]
    public async Task Find_OfAnUnknownReceipt_Answers404() =>
        (await _http.GetAsync($"/api/erasures/{Guid.NewGuid()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task Delete_AskedForByAPageElsewhere_GetsNoPermission()
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/users/bob");
        preflight.Headers.Add("Origin", "https://elsewhere.example");
        preflight.Headers.Add("Access-Control-Request-Method", "DELETE");

        using var response = await _http.SendAsync(preflight);

        response.Headers.Contains("Access-Control-Allow-Methods").ShouldBeFalse();
        response.Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    [Fact]
    public async Task Delete_OfAnIdWithASlash_FindsIt()
    {
        await People.SendAsync(_http, People.Bob with { Login = "team/bob" });
        await KnownAsync("d:bob");

        (await ForgetAsync("team/bob")).GetProperty("users").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Event_OfTheNameThatForgets_SentByATracker_IsABadRow()
    {
        await People.SendAsync(_http, People.Bob);
        await KnownAsync("d:bob");
        await People.PostAsync(_http, """{"e":"forget","p":"web","tv":"t","duid":"eve"}""");
        var data = """{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:com.snowplow.orleans/forget/jsonschema/1-0-0","data":{"receipt":"r","keys":["d:bob"]}}}""";
        await People.PostAsync(_http, $$"""{"e":"ue","p":"web","tv":"t","duid":"eve","ue_pr":{{JsonSerializer.Serialize(data)}}}""");
        await StopAsync();

        var (bad, names) = (0, new List<string?>());
        await foreach (var batch in LandedFiles.ReadAllAsync(new FolderBlobStore(_folder.Path), CancellationToken.None))
        {
            bad += batch.Bad.Count;
            for (var i = 0; i < batch.Events.Count; i++) names.Add(batch.Events[i].Text(EventField.Event));
        }

        bad.ShouldBe(2);
        names.ShouldBe(["page_view"]);
        await StartAsync();
        (await _http.GetAsync("/api/users/bob")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task StartAsync()
    {
        _server = Server.Build(new Dictionary<string, string?> { ["Snowplow:Data"] = _folder.Path, ["urls"] = "http://127.0.0.1:0", ["RawStream:Partitions"] = "3" });
        await _server.StartAsync();
        _http = new HttpClient { BaseAddress = new Uri(_server.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    private async Task StopAsync()
    {
        _http.Dispose();
        await _server.StopAsync();
        await _server.DisposeAsync();
    }

    private async Task<JsonElement> ForgetAsync(string id) => await DoneAsync(await AcceptAsync(id));

    private async Task<string> AcceptAsync(string id)
    {
        using var response = await _http.DeleteAsync($"/api/users/{Uri.EscapeDataString(id)}");
        response.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return response.Headers.Location!.ToString();
    }

    private async Task<JsonElement> DoneAsync(string receipt)
    {
        JsonElement erasure;
        do
        {
            await Task.Delay(100);
            erasure = await _http.GetFromJsonAsync<JsonElement>(receipt);
        }
        while (erasure.GetProperty("state").GetString() == "accepted");
        return erasure;
    }

    private async Task KnownAsync(params string[] users)
    {
        foreach (var user in users)
            while ((await _http.GetAsync($"/api/users/{user}")).StatusCode != HttpStatusCode.OK) await Task.Delay(50);
    }

    private async Task<List<JsonObject>> RowsAsync(string table)
    {
        var rows = new List<JsonObject>();
        await foreach (var batch in RowFiles.ReadRowsAsync(new FolderBlobStore(_folder.Path), table, CancellationToken.None))
            rows.AddRange(System.Text.Encoding.UTF8.GetString(batch.Lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()));
        return rows;
    }
}
