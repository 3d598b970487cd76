using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Snowplow.Silo.CommandLine;
using Snowplow.Silo.Serve;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Tests.Remodel;

/// <summary>Model rules from the setting to the rows, and the past under new rules.</summary>
public sealed class RemodelCommandTests : IDisposable
{
    private const string First = """{"version":1,"content_groups":[{"name":"start","when":{"field":"page_title","equals":"Home"}}]}""";
    private const string Second = """{"version":2,"content_groups":[{"name":"front","when":{"field":"page_title","equals":"Home"}}],"conversions":[{"name":"home","when":{"field":"page_title","equals":"Home"}}]}""";

    private const string Visit1 = "00000000-0000-4000-8000-000000000001";
    private const string Visit2 = "00000000-0000-4000-8000-000000000002";
    private const string Visit3 = "00000000-0000-4000-8000-000000000003";
    private const string Visit4 = "00000000-0000-4000-8000-000000000004";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Remodel_AfterTheRulesHaveChanged_HasAllTablesMadeAnewByThem()
    {
        await ServeAsync(First, Visit1, Visit2);
        (await LatestAsync(LandingPath.Views)).Values.Select(row => (row["content_group"]!.GetValue<string>(), row["model_version"]!.GetValue<int>()))
            .ShouldBe([("start", 1), ("start", 1)]);

        // What is there keeps its version; what comes has the new one.
        await ServeAsync(Second, Visit3);
        var views = await LatestAsync(LandingPath.Views);
        views.Values.Select(row => (row["session_identifier"]!.GetValue<string>(), row["model_version"]!.GetValue<int>())).Order()
            .ShouldBe([(Visit1, 1), (Visit2, 1), (Visit3, 2)]);

        (await SnowplowCommand.Run(["remodel", "--data", Data])).ShouldBe(0);
        Directory.Exists(Path.Combine(Data, LandingPath.Views)).ShouldBeFalse();

        await ServeAsync(Second, Visit4);
        (await LatestAsync(LandingPath.Views)).Values.Select(row => row["content_group"]!.GetValue<string>()).ShouldBe(["front", "front", "front", "front"]);
        var sessions = await LatestAsync(LandingPath.Sessions);
        sessions.Values.ShouldAllBe(row => row["model_generation"]!.GetValue<int>() % 1000 == 1, "Rows of before must not win over these.");
        sessions.Keys.Order().ShouldBe([Visit1, Visit2, Visit3, Visit4]);
        sessions.Values.ShouldAllBe(row => row["cv_home_volume"]!.GetValue<int>() == 1 && row["is_engaged"]!.GetValue<bool>());
        (await LatestAsync(LandingPath.Users)).Values.ShouldHaveSingleItem()["total_events"]!.GetValue<int>().ShouldBe(4);
        (await RowsAsync(LandingPath.Conversions)).Select(row => row["session_identifier"]!.GetValue<string>()).Order().ShouldBe([Visit1, Visit2, Visit3, Visit4]);
    }

    [Fact]
    public async Task Remodel_WithAttributeGroups_FillsProfilesFromThePast()
    {
        const string Groups = """{"version":2,"attribute_groups":[{"name":"visitor","version":1,"key":"user","attributes":[{"name":"views","aggregation":"counter"}]}]}""";
        await ServeAsync(First, Visit1);
        await ServeAsync(First, Visit2);
        await ServeAsync(Groups, Visit3);
        // The last range of before may be finished again, under the new rules.
        (await ProfileAsync()).ShouldMatch("""{"views":[12]}""");
        (await SnowplowCommand.Run(["remodel", "--data", Data])).ShouldBe(0);
        await ServeAsync(Groups, Visit4);
        (await ProfileAsync()).ShouldContain("""{"views":4}""");
    }

    [Fact]
    public async Task Serve_WhenTheRulesChangedUnderTheSameVersion_SaysSo()
    {
        await ServeAsync(First, Visit1);
        File.WriteAllText(_folder.File("rules.json"), Second.Replace("\"version\":2", "\"version\":1", StringComparison.Ordinal));
        Should.Throw<StartupException>(() => Build()).Message.ShouldContain("their version is 1 as before");
    }

    [Fact]
    public async Task Serve_WhenSessionsWouldBeCutOtherwise_SaysToRemodelAndThenDoes()
    {
        await ServeAsync(First, Visit1);
        const string Otherwise = """{"version":2,"heartbeat":30,"sessions":{"inactivity_gap":60,"midnight":"UTC"}}""";
        File.WriteAllText(_folder.File("rules.json"), Otherwise);
        var message = Should.Throw<StartupException>(() => Build()).Message;
        message.ShouldContain("heartbeat 10 s");
        message.ShouldContain("heartbeat 30 s");
        (await SnowplowCommand.Run(["remodel", "--data", Data])).ShouldBe(0);
        await ServeAsync(Otherwise, Visit2);
        (await LatestAsync(LandingPath.Sessions)).Keys.Order().ShouldBe([Visit1, Visit2]);
    }

    [Fact]
    public async Task Remodel_OfPartitionsWhoseFilesWereMovedAway_GoesOnWhereTheyStood()
    {
        await ServeAsync(First, Visit1);
        Directory.Delete(Path.Combine(Data, LandingPath.Enriched), recursive: true);
        (await SnowplowCommand.Run(["remodel", "--data", Data])).ShouldBe(0);
        await ServeAsync(First, Visit2);
        (await LatestAsync(LandingPath.Sessions)).Keys.ShouldBe([Visit2]);
        Directory.Exists(Path.Combine(Data, LandingPath.Bad)).ShouldBeFalse("Nothing was lost.");
    }

    [Fact]
    public async Task Serve_WhenTablesAreOfAnEarlierProgram_SaysToRemodel()
    {
        await ServeAsync(First, Visit1);
        Directory.Delete(Path.Combine(Data, "model"), recursive: true);
        Should.Throw<StartupException>(() => Build()).Message.ShouldContain($"snowplow remodel --data {Data}");
        (await SnowplowCommand.Run(["remodel", "--data", Data])).ShouldBe(0);
        await ServeAsync(First, Visit2);
        (await LatestAsync(LandingPath.Sessions)).Count.ShouldBe(2);
    }

    [Fact]
    public void Serve_WhenRulesAreWrong_NamesEachFault()
    {
        File.WriteAllText(_folder.File("rules.json"), """{"version":0,"heartbeet":10,"content_groups":[{"name":"x","when":{"field":"page_ur","equals":"x"}}]}""");
        var message = Should.Throw<StartupException>(() => Build()).Message;
        foreach (var fault in (string[])["$.version", "heartbeet", "heartbeat", "$.content_groups[0].when.field", "page_url"]) message.ShouldContain(fault);
    }

    private string Data => _folder.File("data");

    private Microsoft.AspNetCore.Builder.WebApplication Build() => Server.Build(new Dictionary<string, string?>
    {
        ["Snowplow:Data"] = Data, ["urls"] = "http://127.0.0.1:0", ["Model:Rules"] = _folder.File("rules.json"),
    });

    // One page view for each session, all of one visitor; stops in order, so that all is in files.
    private async Task ServeAsync(string rules, params string[] sessions)
    {
        File.WriteAllText(_folder.File("rules.json"), rules);
        await using var server = Build();
        await server.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(server.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
        foreach (var session in sessions)
        {
            using var content = new StringContent(
                $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{"e":"pv","p":"web","tv":"t","duid":"visitor","sid":"{{session}}","page":"Home"}]}""",
                Encoding.UTF8, "application/json");
            using var response = await http.PostAsync("/com.snowplowanalytics.snowplow/tp2", content);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await server.StopAsync();
    }

    private async Task<string> ProfileAsync()
    {
        await using var server = Build();
        await server.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(server.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
        var profile = await http.GetStringAsync("/api/profiles/visitor/visitor");
        await server.StopAsync();
        return profile;
    }

    private async Task<Dictionary<string, JsonObject>> LatestAsync(string table) =>
        (await RowsAsync(table)).GroupBy(row => $"{row["session_identifier"] ?? row["user_key"]}").ToDictionary(versions => versions.Key, versions => versions.MaxBy(row => row["revision"]!.GetValue<long>())!);

    private async Task<List<JsonObject>> RowsAsync(string table)
    {
        var rows = new List<JsonObject>();
        await foreach (var batch in RowFiles.ReadRowsAsync(new FolderBlobStore(Data), table, CancellationToken.None))
            rows.AddRange(Encoding.UTF8.GetString(batch.Lines.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()));
        return rows;
    }
}
