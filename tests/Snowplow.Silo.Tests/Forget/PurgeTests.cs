using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Snowplow.Model;
using Snowplow.Silo.Forget;
using Snowplow.Silo.Purge;
using Snowplow.Silo.Serve;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Tests.Forget;

/// <summary>From events of two people to files that know one, with the real program, which is killed on the way.</summary>
public sealed class PurgeTests : IDisposable
{
    // Ann's only event in Bob's session.
    private static readonly People.Visit Shared = People.AnnAtHome with { Id = "00000000-0000-4000-8000-0000000000a3", Session = People.Bob.Session };

    private static readonly string[] OfAnn =
    [
        "ann-home", "ann-phone", "ann@example.com", "ann%40example.com", "203.0.113.77", "203.0.113.78", People.AnnAtHome.Session, People.AnnOnThePhone.Session,
        People.AnnAtHome.Id, People.AnnOnThePhone.Id, "ann's title", Shared.Id, "ann-before-marriage",
    ];

    private readonly TemporaryFolder _folder = new();

    public PurgeTests()
    {
        Data = _folder.File("data");
        File.WriteAllText(
            Rules,
            """
            {"version": 1, "attribute_groups": [
              {"name": "visitor", "version": 1, "key": "user", "attributes": [{"name": "last_page", "aggregation": "last", "property": "page_title"}]},
              {"name": "visit", "version": 1, "key": "session", "attributes": [{"name": "views", "aggregation": "counter"}]},
              {"name": "login", "version": 1, "key": "user_id", "attributes": [{"name": "devices", "aggregation": "unique_list", "property": "domain_userid"}]}
            ]}
            """);
    }

    private string Rules => _folder.File("rules.json");

    private string Data { get; set; }

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task Purge_AfterAnErasureThroughKills_LeavesNothingOfThePersonButTheReceiptAndOthersAsTheyWere()
    {
        await using (var server = Start())
        {
            using var http = await HttpAsync(server);
            await SendAsync(http);
            await KnownAsync(http, "d:ann-home", "d:ann-phone", "d:bob");
            server.Interrupt();
            (await server.EndAsync()).ExitCode.ShouldBe(0);
        }

        Found().ShouldNotBeEmpty();
        var bob = await OfBobAsync();
        await using (var server = Start())
        {
            using var http = await HttpAsync(server);
            using var accepted = await http.DeleteAsync(new Uri("/api/users/ann%40example.com", UriKind.Relative));
            accepted.StatusCode.ShouldBe(HttpStatusCode.Accepted);
            // Its events may be in some partitions, in all or in none.
            await Task.Delay(Random.Shared.Next(0, 1500));
        }

        Run("purge", "--data", Data).ShouldBe((1, "1 erasures are not through yet: start the server, wait until they are forgotten, and purge again.\nNothing is to be purged.\n"));
        await using (var server = Start())
        {
            using var http = await HttpAsync(server);
            await ForgottenAsync(http);
            foreach (var user in new[] { "ann-home", "ann-phone" })
                (await http.GetAsync(new Uri($"/api/users/{user}", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            var (refused, why) = Run("purge", "--data", Data);
            refused.ShouldBe(1);
            why.ShouldContain("in use");
            server.Interrupt();
            (await server.EndAsync()).ExitCode.ShouldBe(0);
        }

        // Bob has all but the session that Ann had a part in.
        var without = await OfBobAsync();
        without.ShouldNotBe(bob);
        without.ShouldContain("\"total_events\":3");

        for (var delay = 200; delay < 1000; delay += 200)
        {
            await using var killed = SnowplowProcess.Start(_folder.Path, "purge", "--data", Data);
            await Task.Delay(delay);
        }

        var (code, text) = Run("purge", "--data", Data);
        code.ShouldBe(0, text);
        Found().ShouldBeEmpty();
        (await OfBobAsync()).ShouldBe(without);
        Run("purge", "--data", Data).ShouldBe((0, "Nothing is to be purged.\n"));

        // A start goes on with what is there; all made anew is the same.
        await StartAndStopAsync();
        (await OfBobAsync()).ShouldBe(without);
        Run("remodel", "--data", Data).ExitCode.ShouldBe(0);
        await StartAndStopAsync();
        (await OfBobAsync()).ShouldBe(without);
        Found().ShouldBeEmpty();
        Run("replay", "--raw", Data, "--dry-run").ExitCode.ShouldBe(0);
    }

    [LinuxFact]
    public async Task Forget_OfAPersonWhoComesBackAfterThePurge_MakesThePersonAnewWithRowsThatOutdoTheOld()
    {
        var revision = 0L;
        await using (var server = Start())
        {
            using var http = await HttpAsync(server);
            await People.SendAsync(http, People.AnnAtHome);
            await KnownAsync(http, "d:ann-home");
            var (code, output, error) = await EndAsync("forget", "ann-home", "--server", http.BaseAddress!.ToString());
            code.ShouldBe(0, error);
            output.ShouldContain("Forgotten: 1 users and 1 sessions");
            revision = (await RowsAsync(LandingPath.Forgotten)).Max(row => (long)row["revision"]!);
            server.Interrupt();
            await server.EndAsync();
        }

        Run("purge", "--data", Data).ExitCode.ShouldBe(0);
        await using (var server = Start())
        {
            using var http = await HttpAsync(server);
            await People.SendAsync(http, People.AnnAtHome with { Id = "00000000-0000-4000-8000-0000000000a9" });
            await KnownAsync(http, "d:ann-home");
            server.Interrupt();
            await server.EndAsync();
        }

        (await RowsAsync(LandingPath.Users)).ShouldAllBe(row => (long)row["revision"]! > revision && (int)row["total_events"]! == 1);
        (await RowsAsync(LandingPath.Sessions)).ShouldAllBe(row => (long)row["revision"]! > revision && (int)row["total_events"]! == 1);
    }

    [Fact]
    public async Task Purge_BrokenOffAfterAnyFile_IsMadeAgainWithTheSameOutcome()
    {
        await using (var server = Server.Build(new Dictionary<string, string?> { ["Snowplow:Data"] = Data, ["urls"] = "http://127.0.0.1:0", ["RawStream:Partitions"] = "2", ["Enrich:FailedEvents"] = "true", ["Model:Rules"] = Rules }))
        {
            await server.StartAsync();
            using var http = new HttpClient { BaseAddress = new Uri(server.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
            await SendAsync(http);
            await KnownAsync(http, "d:ann-home", "d:ann-phone", "d:bob");
            (await http.DeleteAsync(new Uri("/api/users/ann%40example.com", UriKind.Relative))).EnsureSuccessStatusCode();
            await ForgottenAsync(http);
            await server.StopAsync();
        }

        var (landed, bob) = (Data, await OfBobAsync());
        var files = 0;
        await PurgeAsync(Copy(landed, "whole"), _ => files++);
        files.ShouldBeGreaterThan(10);
        for (var broken = 1; broken <= files; broken++)
        {
            Data = Copy(landed, $"broken-{broken}");
            var left = broken;
            await Should.ThrowAsync<IOException>(() => PurgeAsync(Data, file => left = left == 1 ? throw new IOException($"Broken off after {file}.") : left - 1));
            (await ErasuresAsync(Data)).ShouldHaveSingleItem().State.ShouldBe(ErasureState.Forgotten);

            await PurgeAsync(Data, _ => { });

            Found().ShouldBeEmpty($"broken off after {broken} files");
            (await OfBobAsync()).ShouldBe(bob);
            Directory.Delete(Data, recursive: true);
        }
    }

    private static async Task PurgeAsync(string data, Action<string> progress) => await StoppedPlatform.RunAsync(
        data, new ConfigurationBuilder().Build(), async (platform, stop) => await new PurgeRun(platform, await ErasuresAsync(data), TimeProvider.System).RunAsync(progress, stop), CancellationToken.None);

    private static Task<IReadOnlyList<Erasure>> ErasuresAsync(string data) => new ErasureFolder(new FolderBlobStore(data)).AllAsync(CancellationToken.None);

    private string Copy(string data, string name)
    {
        var copy = _folder.File(name);
        foreach (var file in Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(data, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    // Good events, a request of both, events that are bad in several ways, and a session that both had a part in.
    private static async Task SendAsync(HttpClient http)
    {
        // At once, so that the first login never holds.
        await People.PostAsync(
            http,
            (People.AnnAtHome with { Id = "00000000-0000-4000-8000-0000000000a4", Login = "ann-before-marriage" }).ToString(),
            (People.AnnAtHome with { Id = "00000000-0000-4000-8000-0000000000a5" }).ToString());
        await People.SendAsync(http, People.AnnAtHome with { Title = "ann's title" }, People.AnnOnThePhone, People.Bob);
        await People.PostAsync(
            http, (People.Bob with { Id = "00000000-0000-4000-8000-0000000000b2", Session = "5e550000-0000-4000-8000-0000000000b2" }).ToString(), Shared.ToString());
        await People.SendAsync(http, People.Bob with { Id = "00000000-0000-4000-8000-0000000000b3", Session = "5e550000-0000-4000-8000-0000000000b3" });
        await People.PostAsync(http, """{"e":"pv","p":"nowhere","tv":"t","duid":"ann-home","uid":"ann@example.com","ip":"203.0.113.77"}""");
        await People.PostAsync(http, """{"e":"pv","p":"nowhere","tv":"t","duid":"bob"}""");
        (await http.GetAsync(new Uri("/i?e=nonsense&p=web&tv=t&duid=ann-phone&uid=ann%40example.com&ip=203.0.113.78", UriKind.Relative))).EnsureSuccessStatusCode();
        using var broken = new StringContent("""{"schema":"iglu:no.such/thing/jsonschema/1-0-0","data":[{"e":"pv","duid":"ann-home","uid":"ann@example.com"}]}""", Encoding.UTF8, "application/json");
        (await http.PostAsync(new Uri("/com.snowplowanalytics.snowplow/tp2", UriKind.Relative), broken)).EnsureSuccessStatusCode();
    }

    private SnowplowProcess Start() => SnowplowProcess.Start(
        _folder.Path, "serve", "--data", Data, "--urls", "http://127.0.0.1:0", "--RawStream:Partitions=3", "--Enrich:FailedEvents=true", $"--Model:Rules={Rules}");

    private async Task StartAndStopAsync()
    {
        await using var server = Start();
        using var http = await HttpAsync(server);
        await KnownAsync(http, "d:bob");
        server.Interrupt();
        (await server.EndAsync()).ExitCode.ShouldBe(0);
    }

    private static async Task<HttpClient> HttpAsync(SnowplowProcess server) => new() { BaseAddress = new Uri(await server.AddressAsync()), Timeout = TimeSpan.FromSeconds(60) };

    private (int ExitCode, string Output) Run(params string[] arguments)
    {
        var (code, output, error) = EndAsync(arguments).GetAwaiter().GetResult();
        return (code, output.Length > 0 || code == 0 ? output : error);
    }

    private async Task<(int ExitCode, string Output, string Error)> EndAsync(params string[] arguments)
    {
        await using var process = SnowplowProcess.Start(_folder.Path, arguments);
        return await process.EndAsync();
    }

    private static async Task KnownAsync(HttpClient http, params string[] users)
    {
        foreach (var user in users)
            while ((await http.GetAsync(new Uri($"/api/users/{user}", UriKind.Relative))).StatusCode != HttpStatusCode.OK) await Task.Delay(50);
    }

    private async Task ForgottenAsync(HttpClient http)
    {
        var receipt = Path.GetFileNameWithoutExtension(Directory.GetFiles(Path.Combine(Data, "erasures"), "*.json").Single());
        while ((await http.GetFromJsonAsync<JsonElement>(new Uri($"/api/erasures/{receipt}", UriKind.Relative))).GetProperty("state").GetString() != "forgotten") await Task.Delay(100);
    }

    // What a reader of the tables has of Bob, without versions.
    private async Task<string> OfBobAsync()
    {
        var forgotten = (await RowsAsync(LandingPath.Forgotten)).GroupBy(row => $"{row["kind"]} {row["key"]}").ToDictionary(rows => rows.Key, rows => rows.Max(VersionOf));
        var text = new StringBuilder();
        foreach (var table in ModelTables.All.Where(table => table.IsVersioned && table.Name != LandingPath.Forgotten))
        {
            var (kind, column) = table.Name is LandingPath.Sessions or LandingPath.Views ? ("session", "session_key") : ("user", "user_key");
            foreach (var versions in (await RowsAsync(table.Name)).GroupBy(row => string.Join(' ', table.Key.Select(key => row[key]))).OrderBy(rows => rows.Key, StringComparer.Ordinal))
            {
                var row = versions.MaxBy(VersionOf)!;
                if (VersionOf(row).CompareTo(forgotten.GetValueOrDefault($"{kind} {row[column]}")) < 0 || (long?)row["users"] == 0) continue;
                foreach (var name in new[] { "revision", "model_generation", "former_user_keys" }) row.Remove(name);
                foreach (var session in row["session_list"] as JsonArray ?? []) session!.AsObject().Remove("revision");
                text.Append(table.Name).Append(' ').AppendLine(row.ToJsonString());
            }
        }

        return text.ToString();
    }

    private static (long, long) VersionOf(JsonObject row) => ((long)row["model_generation"]!, (long)row["revision"]!);

    private async Task<List<JsonObject>> RowsAsync(string table)
    {
        var rows = new List<JsonObject>();
        await foreach (var batch in RowFiles.ReadRowsAsync(new FolderBlobStore(Data), table, CancellationToken.None))
            rows.AddRange(Encoding.UTF8.GetString(batch.Lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()));
        return rows;
    }

    // Where something of Ann is, in any file of the data folder: as it is, in gzip, in base64.
    private List<string> Found()
    {
        var found = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories))
        {
            var bytes = Read(file);
            found.AddRange(OfAnn.SelectMany(Forms).Where(form => bytes.AsSpan().IndexOf(form) >= 0).Select(form => $"{Path.GetRelativePath(Data, file)}: {Encoding.UTF8.GetString(form)}"));
        }

        return found;
    }

    private static byte[] Read(string file)
    {
        using var input = File.OpenRead(file);
        using var content = new MemoryStream();
        if (!file.EndsWith(".gz", StringComparison.Ordinal)) input.CopyTo(content);
        else
            using (var gzip = new GZipStream(input, CompressionMode.Decompress)) gzip.CopyTo(content);
        return content.ToArray();
    }

    // In base64 what an id's bytes become depends on how many come before; its ends, on what surrounds it.
    private static IEnumerable<byte[]> Forms(string text)
    {
        yield return Encoding.UTF8.GetBytes(text);
        if (text.Length < 14) yield break; // Too little of it is the same wherever it stands.
        for (var before = 0; before < 3; before++)
        {
            var base64 = Convert.ToBase64String([.. new byte[before], .. Encoding.UTF8.GetBytes(text)]);
            yield return Encoding.ASCII.GetBytes(base64[4..^4]);
        }
    }
}
