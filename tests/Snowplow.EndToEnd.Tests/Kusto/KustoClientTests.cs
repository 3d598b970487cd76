using System.Text;
using System.Text.Json.Nodes;
using Snowplow.EndToEnd.Tests.Harness;
using Snowplow.EndToEnd.Tests.Trackers;

namespace Snowplow.EndToEnd.Tests.Kusto;

/// <summary>A program that asks Azure Data Explorer by the official Node.js client asks this server instead, and changes nothing but the address.</summary>
[Collection(ShopPlatformCollection.Name)]
public sealed class KustoClientTests(ShopPlatform platform)
{
    private Uri Server => new($"http://localhost:{platform.Snowplow.Url.Port}");

    [NeedsFact(Tool.Node)]
    public async Task Query_OfEveryType_GivesTheClientsValues()
    {
        const string Text = """
            print b = true, i = int(3), l = 1234567890123, r = 2.5, d = decimal(1.50), t = datetime(2025-01-01T00:00:00.123Z), s = 1d + 1500ms,
            g = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), x = 'é"', o = dynamic({"a":[1,null]}), n = long(null), inf = real(+inf)
            """;
        var answers = await KustoClient.AskAsync(Server, new { text = Text }, new { text = Text, call = "executeQueryV1" });

        foreach (var answer in answers)
        {
            answer.Rows().Single().ShouldBe(
                """[[true,3,1234567890123,2.5,"1.50","2025-01-01T00:00:00.123Z",86401500,"74be27de-1e4e-49d9-b579-fe0b331d3642","é\"",{"a":[1,null]},null,"Infinity"]]""");
            string.Join(' ', answer["results"]![0]!["columns"]!.AsArray().Select(column => (string)column![1]!))
                .ShouldBe("bool int long real decimal datetime timespan guid string dynamic long real");
        }
    }

    [NeedsFact(Tool.Node)]
    public async Task Query_OfSeveralStatements_GivesSeveralResultsAndHowToDrawThem()
    {
        var answer = (await KustoClient.AskAsync(Server, new { text = "let n = 2; range x from 1 to n step 1 | render barchart; print s = 'b'" }))[0];

        answer.Rows().ShouldBe(["[[1],[2]]", "[[\"b\"]]"]);
        ((string)answer["drawn"]![0]![2]!).ShouldContain("\"Visualization\":\"barchart\"");
    }

    [NeedsFact(Tool.Node)]
    public async Task Query_WithParametersAndOptions_IsRunByThem()
    {
        const string Declared = "declare query_parameters(n: long, s: string, t: datetime, list: dynamic = dynamic([])); ";
        var parameters = new { n = 5, s = "it's | \"x\"", t = "datetime(2025-01-02)", list = "dynamic(['a','b'])" };
        var answers = await KustoClient.AskAsync(
            Server,
            new { text = Declared + "print n + 1, s, t, array_length(list)", parameters },
            new { text = "range x from 1 to 9 step 1", options = new { query_take_max_records = 2 } },
            new { text = "range x from 1 to 9 step 1", options = new { truncationmaxrecords = 2 } },
            new { text = "range x from 1 to 9 step 1 | take 3", options = new { truncationmaxrecords = 2, notruncation = true } },
            new { text = "set truncationmaxrecords = 3; range x from 1 to 3 step 1", options = new { truncationmaxrecords = 2 } },
            new { text = "range x from 1 to 1000000000000 step 1 | summarize count()", timeoutMs = 50 });

        answers[0].Rows().ShouldBe(["""[[6,"it's | \"x\"","2025-01-02T00:00:00.000Z",2]]"""]);
        answers[1].Rows().ShouldBe(["[[1],[2]]"]);
        ((string)answers[2]["error"]!).ShouldContain("E_QUERY_RESULT_SET_TOO_LARGE");
        answers[3].Rows().ShouldBe(["[[1],[2],[3]]"]);
        answers[4].Rows().ShouldBe(["[[1],[2],[3]]"]);
        ((int)answers[5]["status"]!).ShouldBe(504);
    }

    [NeedsFact(Tool.Node)]
    public async Task Query_ThatIsWrong_GivesTheClientKustosErrorWithThePlace()
    {
        var answers = await KustoClient.AskAsync(
            Server, new { text = "print x = 1\n| wehre x" }, new { text = "events | where nothing == 1" }, new { text = "print 1", db = "shop" }, new { text = "set truncationmaxrecords = 2; range x from 1 to 3 step 1" });

        answers.Take(3).Select(answer => (int)answer["status"]!).ShouldBe([400, 400, 400]);
        Error(0)["innererror"]!["@line"]!.ToString().ShouldBe("2");
        Error(1)["innererror"]!["code"]!.ToString().ShouldBe("SEM0100");
        Error(2)["@message"]!.ToString().ShouldContain("The database here is 'snowplow'");
        ((string)answers[3]["error"]!).ShouldContain("more than 2 rows");

        JsonNode Error(int i) => answers[i]["data"]!["error"]!;
    }

    [NeedsFact(Tool.Node)]
    public async Task Command_IsAnsweredThroughTheClient()
    {
        var answers = await KustoClient.AskAsync(
            Server,
            new { text = ".show tables | where TableName in ('events', 'sessions') | project TableName" },
            new { text = ".show databases | project DatabaseName, DatabaseAccessMode" },
            new { text = ".show table events schema as json | project columns = array_length(parse_json(Schema).OrderedColumns)" },
            new { text = ".show database snowplow schema as json" },
            new { text = ".show version | project ServiceType" },
            new { text = ".shwo tables" });

        answers[0].Rows().ShouldBe(["""[["events"],["sessions"]]"""]);
        answers[1].Rows().ShouldBe(["""[["snowplow","ReadWrite"]]"""]);
        answers[2].Rows().ShouldBe(["[[131]]"]);
        JsonNode.Parse((string)answers[3]["results"]![0]!["rows"]![0]![0]!)!["Databases"]!["snowplow"]!["Tables"]!["sessions"]!["OrderedColumns"]!.AsArray().Count.ShouldBeGreaterThan(20);
        answers[4].Rows().ShouldBe(["""[["Engine"]]"""]);
        ((int)answers[5]["status"]!).ShouldBe(400);
    }

    [NeedsFact(Tool.Node)]
    public async Task Command_ThatChangesTheDatabase_IsSeenByTheNextQueryOfTheClient()
    {
        var answers = await KustoClient.AskAsync(
            Server,
            new { text = ".create table customers (id: long, name: string)" },
            new { text = ".ingest inline into table customers <|\n1,Ann\n2,Bob" },
            new { text = ".create-or-alter function named(n: long) { customers | where id == n | project name }" },
            new { text = "named(2)" },
            new { text = ".set-or-append customers <| print id = 3, name = 'Cleo'" },
            new { text = "customers | summarize count(), make_list(name)" },
            new { text = ".drop table customers" },
            new { text = "customers" });

        answers.Take(3).ShouldAllBe(answer => answer["error"] == null);
        answers[3].Rows().ShouldBe(["""[["Bob"]]"""]);
        answers[5].Rows().ShouldBe(["""[[3,["Ann","Bob","Cleo"]]]"""]);
        ((int)answers[7]["status"]!).ShouldBe(400);
    }

    [NeedsFact(Tool.Node)]
    public async Task Query_OfAServerThatOthersCanReach_TakesItsKeyAsToken()
    {
        using var data = new DataFolder();
        var address = SnowplowProcess.FreeAddress();
        await using var snowplow = await SnowplowProcess.StartAsync(
            [Built.Executable, "serve", "--data", data.Path, "--urls", $"http://0.0.0.0:{address.Port}"], Path.GetTempPath(), data, address);
        var key = (await File.ReadAllTextAsync(Path.Combine(data.Path, "api-key"))).Trim();

        var answers = await KustoClient.AskAsync(address, new { text = "print 1" }, new { text = "print 1", token = "wrong" }, new { text = "print 1", token = key });

        answers.Take(2).Select(answer => (int)answer["status"]!).ShouldBe([401, 401]);
        answers[2].Rows().ShouldBe(["[[1]]"]);
    }

    [NeedsFact(Tool.Node)]
    public async Task Query_OfEventsThatHaveArrived_HasThem()
    {
        using var content = new StringContent(
            """{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{"e":"pv","p":"web","tv":"t","aid":"kusto","duid":"ann","page":"Tents"},{"e":"pv","p":"web","tv":"t","aid":"kusto","duid":"bob","page":"Boots"}]}""",
            Encoding.UTF8, "application/json");
        (await platform.Snowplow.Http.PostAsync(new Uri("com.snowplowanalytics.snowplow/tp2", UriKind.Relative), content)).EnsureSuccessStatusCode();
        await platform.Snowplow.EnrichedEventsAsync("those of kusto", e => e["app_id"] == "kusto", 2);
        const string Text = "events | where app_id == 'kusto' | project domain_userid, page_title, event_name | order by domain_userid asc";

        await Eventually.HappensAsync(
            "a query finds the events",
            async () => (await KustoClient.AskAsync(Server, new { text = Text }))[0].Rows().Single() == """[["ann","Tents","page_view"],["bob","Boots","page_view"]]""" ? "" : null,
            () => platform.Snowplow.Output);
    }
}
