using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Snowplow.Silo.Tests.Kusto;

/// <summary>Queries over Kusto's protocol as they are on the wire; what the npm client makes of it is tested in Snowplow.EndToEnd.Tests.</summary>
public sealed class KustoQueryTests : IAsyncLifetime
{
    private const string EveryType = """
        print b = true, i = int(-3), l = 9007199254740993, r = 1.0, nan = real(nan), inf = -real(+inf), d = decimal(1.50), t = datetime(2025-01-01T00:00:00.12Z),
        s = 1d + 2s, g = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), x = 'é"\\', o = dynamic({"a":[1,"z",null]}), n = long(null), no = dynamic(null)
        """;

    private KustoServer _server = null!;

    public async Task InitializeAsync() => _server = await KustoServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task V2_OfEveryType_HasKustosTypesAndValues()
    {
        var frames = await _server.FramesAsync(EveryType);

        frames.Select(frame => frame.GetProperty("FrameType").GetString()).ShouldBe(["DataSetHeader", "DataTable", "DataTable", "DataTable", "DataSetCompletion"]);
        frames[0].GetRawText().ShouldBe("""{"FrameType":"DataSetHeader","IsProgressive":false,"Version":"v2.0"}""");
        string.Join(' ', frames[2].GetProperty("Columns").EnumerateArray().Select(column => column.GetProperty("ColumnType").GetString()))
            .ShouldBe("bool int long real real real decimal datetime timespan guid string dynamic long dynamic");
        frames[2].GetProperty("Rows").GetRawText().ShouldBe(
            """[[true,-3,9007199254740993,1.0,"NaN","-Infinity","1.50","2025-01-01T00:00:00.12Z","1.00:00:02","74be27de-1e4e-49d9-b579-fe0b331d3642","é\"\\",{"a":[1,"z",null]},null,null]]""");
        frames[4].GetRawText().ShouldBe("""{"FrameType":"DataSetCompletion","HasErrors":false,"Cancelled":false}""");
    }

    [Fact]
    public async Task V1_OfEveryType_HasTheTypesOfDotNetBeside_AndATableOfContents()
    {
        using var response = await _server.PostAsync("/v1/rest/query", EveryType);
        var tables = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Tables").EnumerateArray().ToList();

        string.Join(' ', tables[0].GetProperty("Columns").EnumerateArray().Select(column => column.GetProperty("DataType").GetString()))
            .ShouldBe("SByte Int32 Int64 Double Double Double SqlDecimal DateTime TimeSpan Guid String Object Int64 Object");
        tables.Select(table => table.GetProperty("TableName").GetString()).ShouldBe(["Table_0", "Table_1", "Table_2", "Table_3"]);
        tables[3].GetProperty("Rows").EnumerateArray().Select(row => row[1].GetString()).ShouldBe(["QueryResult", "QueryProperties", "QueryStatus"]);
    }

    [Fact]
    public async Task V2_OfSeveralStatements_GivesAResultEach_AndSaysHowEachIsDrawn()
    {
        var frames = await _server.FramesAsync("let n = 1; orders | summarize count() by city | order by city asc | render columnchart with (title='Orders', ymin=0); cities | project country");

        frames[1].GetProperty("TableKind").GetString().ShouldBe("QueryProperties");
        var drawn = frames[1].GetProperty("Rows").EnumerateArray().Select(row => JsonElement.Parse(row[2].GetString()!)).ToList();
        drawn[0].GetProperty("Visualization").GetString().ShouldBe("columnchart");
        drawn[0].GetProperty("Title").GetString().ShouldBe("Orders");
        drawn[0].GetProperty("Ymin").GetInt64().ShouldBe(0);
        drawn[0].GetProperty("Ymax").GetString().ShouldBe("NaN");
        drawn[1].GetProperty("Visualization").ValueKind.ShouldBe(JsonValueKind.Null);
        frames[2].GetProperty("Rows").GetRawText().ShouldBe("""[["Bern",2],["Köln",1]]""");
        frames[3].GetProperty("Rows").GetRawText().ShouldBe("""[["CH"]]""");
        frames[4].GetProperty("TableKind").GetString().ShouldBe("QueryCompletionInformation");
    }

    [Theory]
    [InlineData("""{"Options":{"query_take_max_records":1},"Parameters":{"n":2}}""")]
    [InlineData("""{"options":{"query_take_max_records":"1","somethingelse":{"a":1}},"parameters":{"n":"2"}}""")]
    [InlineData(""" "{\"Options\":{\"query_take_max_records\":1},\"Parameters\":{\"n\":\"long(2)\"}}" """)]
    public async Task Properties_WhateverTheirForm_Count(string properties) =>
        (await _server.RowsAsync("declare query_parameters(n: long); orders | where id >= n | project id", JsonElement.Parse(properties))).ShouldBe("[[2]]");

    [Fact]
    public async Task QueryNow_WhenGiven_IsTheTimeOfNow() =>
        (await _server.RowsAsync("print now()", new { Options = new { query_now = "2026-03-01T00:00:00Z" } })).ShouldBe("""[["2026-03-01T00:00:00Z"]]""");

    [Theory]
    [InlineData("print x = 1\n| wehre x", "BadRequest_SyntaxError", "SYN0002", "2", "2", "wehre")]
    [InlineData("orders | where\tnothing > 1", "BadRequest_SemanticError", "SEM0100", "1", "15", "nothing")]
    [InlineData("orders | reduce by city", "BadRequest_SemanticError", "SEM0000", "1", "9", "reduce by city")]
    public async Task Query_ThatMakesNoSense_IsRefusedWithItsPlace(string query, string code, string inner, string line, string position, string token)
    {
        var (status, error) = await _server.ErrorAsync(query);

        status.ShouldBe(400);
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("@permanent").GetBoolean().ShouldBeTrue();
        var cause = error.GetProperty("innererror");
        cause.GetProperty("code").GetString().ShouldBe(inner);
        cause.GetProperty("@line").GetString().ShouldBe(line);
        cause.GetProperty("@pos").GetString().ShouldBe(position);
        cause.GetProperty("@token").GetString().ShouldBe(token);
        error.GetProperty("details")[0].GetProperty("code").GetString().ShouldBe(inner);
        error.GetProperty("@message").GetString()!.ShouldContain(cause.GetProperty("message").GetString()!);
    }

    [Theory]
    [InlineData("snowplow", "", 400, "Query (parameter name: 'csl') cannot be empty")]
    [InlineData("shop", "print 1", 400, "Entity ID 'shop' of kind 'Database' was not found. The database here is 'snowplow'")]
    [InlineData("SNOWPLOW", "print 1", 200, null)]
    [InlineData("NetDefaultDB", "print 1", 200, null)]
    [InlineData("", "print 1", 200, null)]
    public async Task Database_WhenItIsNotThisOne_IsRefused(string database, string text, int expected, string? message)
    {
        using var response = await _server.Http.PostAsJsonAsync(new Uri("/v1/rest/query", UriKind.Relative), new { db = database, csl = text });

        ((int)response.StatusCode).ShouldBe(expected);
        if (message is not null)
            (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("@message").GetString()!.ShouldContain(message);
    }

    [Fact]
    public async Task Query_OverALimit_EndsAnAnswerWithAnErrorInItsFrames()
    {
        var frames = await _server.FramesAsync("orders", new { Options = new { truncationmaxrecords = 2 } });

        frames[^1].GetProperty("HasErrors").GetBoolean().ShouldBeTrue();
        frames[^1].GetProperty("OneApiErrors")[0].GetProperty("error").GetProperty("@message").GetString()!.ShouldContain("E_QUERY_RESULT_SET_TOO_LARGE");
        (await _server.RowsAsync("orders | count", new { Options = new { truncationmaxrecords = 2 } })).ShouldBe("[[3]]");
        (await _server.FramesAsync("orders", new { Options = new { truncationmaxrecords = 2, notruncation = true } }))[^1].GetProperty("HasErrors").GetBoolean().ShouldBeFalse();
        (await _server.FramesAsync("set truncationmaxrecords = 5; orders", new { Options = new { truncationmaxrecords = 2 } }))[^1].GetProperty("HasErrors").GetBoolean().ShouldBeFalse();

        using var older = await _server.PostAsync("/v1/rest/query", "set truncationmaxrecords = 2; orders");
        var answer = await older.Content.ReadFromJsonAsync<JsonElement>();
        answer.GetProperty("Tables")[0].GetProperty("Rows")[0].GetProperty("Exceptions")[0].GetString()!.ShouldContain("E_QUERY_RESULT_SET_TOO_LARGE");
        answer.GetProperty("Exceptions").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Query_ThatTakesLongerThanItsTimeout_IsEnded()
    {
        var (status, error) = await _server.ErrorAsync(Endless, new { Options = new { servertimeout = "00:00:00.050" } });

        status.ShouldBe(504);
        error.GetProperty("@type").GetString().ShouldBe("Kusto.Data.Exceptions.KustoServiceTimeoutException");
        error.GetProperty("@permanent").GetBoolean().ShouldBeFalse();
        (await _server.ErrorAsync("print 1", new { Options = new { servertimeout = "soon" } })).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Query_WhenItsClientGoes_MakesRoomForOthers()
    {
        using (var gone = new CancellationTokenSource())
        {
            var endless = Enumerable.Range(0, 2 * Silo.Kusto.QueryGate.MostRunning).Select(_ => _server.PostAsync("/v2/rest/query", Endless, null, gone.Token)).ToList();
            await gone.CancelAsync();
            foreach (var query in endless) await Should.ThrowAsync<OperationCanceledException>(() => query);
        }

        (await _server.RowsAsync("print 1")).ShouldBe("[[1]]");
    }

    [Fact]
    public async Task Answer_BearsTheIdsOfItsRequest()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/v2/rest/query?db=snowplow&csl=orders%20%7C%20count", UriKind.Relative));
        request.Headers.Add("x-ms-client-request-id", "test;17");
        using var response = await _server.Http.SendAsync(request);

        response.Headers.GetValues("x-ms-client-request-id").ShouldBe(["test;17"]);
        var activity = Guid.Parse(response.Headers.GetValues("x-ms-activity-id").Single());
        response.Content.Headers.ContentType!.ToString().ShouldBe("application/json; charset=UTF-8");
        var status = (await response.Content.ReadFromJsonAsync<JsonElement>())[3].GetProperty("Rows")[0];
        (status[1].GetString(), status[2].GetGuid(), status[8].GetString()).ShouldBe(("test;17", activity, "S_OK (0)"));
    }

    [Fact]
    public async Task ClientRequestId_ThatIsNotAscii_ComesBackWithoutWhatAHeaderMayNotHold()
    {
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var http = new HttpClient(handler) { BaseAddress = _server.Http.BaseAddress };
        http.DefaultRequestHeaders.Add("x-ms-client-request-id", "zürich;1");
        using var response = await http.GetAsync(new Uri("/v2/rest/query?csl=print%201", UriKind.Relative));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Headers.GetValues("x-ms-client-request-id").Single().ShouldEndWith("rich;1");
    }

    [Fact]
    public async Task Body_WhenPacked_IsUnpacked()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true)) await gzip.WriteAsync("""{"db":"snowplow","csl":"print 7"}"""u8.ToArray());
        using var content = new ByteArrayContent(packed.ToArray());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await _server.Http.PostAsync(new Uri("/v2/rest/query", UriKind.Relative), content);

        (await response.Content.ReadAsStringAsync()).ShouldContain("\"Rows\":[[7]]");
    }

    [Theory]
    [InlineData("{", "application/json", "The body is no JSON")]
    [InlineData("[]", "application/json", "The body must be an object")]
    [InlineData("""{"csl":"print 1"}""", "text/plain", "The body must be JSON")]
    [InlineData("""{"csl":"print 1","properties":"{"}""", "application/json", "The properties are no JSON")]
    public async Task Body_ThatIsNoRequest_IsRefused(string body, string type, string message)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var response = await _server.Http.PostAsync(new Uri("/v1/rest/query", UriKind.Relative), content);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("@message").GetString()!.ShouldStartWith(message);
    }

    [Fact]
    public async Task Result_OfManyPieces_ArrivesWhole()
    {
        var frames = await _server.FramesAsync("set notruncation; range x from 1 to 300000 step 1 | extend s = strcat('row ', x)");

        var rows = frames[2].GetProperty("Rows");
        rows.GetArrayLength().ShouldBe(300_000);
        rows[299_999].GetRawText().ShouldBe("""[300000,"row 300000"]""");
    }

    private const string Endless = "range x from 1 to 1000000000000 step 1 | summarize count()";
}
