using System.Net.Http.Json;
using System.Text.Json;

namespace Snowplow.Silo.Tests.Kusto;

/// <summary>Management commands over Kusto's protocol.</summary>
public sealed class KustoCommandTests : IAsyncLifetime
{
    private KustoServer _server = null!;

    public async Task InitializeAsync() => _server = await KustoServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Command_GivesOneTableOfVersion1()
    {
        var answer = await AskAsync("/v1/rest/mgmt", ".show tables | project TableName");

        answer.GetRawText().ShouldBe("""{"Tables":[{"TableName":"Table_0","Columns":[{"ColumnName":"TableName","DataType":"String","ColumnType":"string"}],"Rows":[["cities"],["orders"]]}]}""");
    }

    [Fact]
    public async Task Command_ThatChangesTheDatabase_IsSeenByTheNextQuery()
    {
        await AskAsync("/v1/rest/mgmt", ".create function twice(x:long) { print x * 2 }");

        (await _server.RowsAsync("twice(21)")).ShouldBe("[[42]]");
    }

    [Theory]
    [InlineData("/v1/rest/query", null)]
    [InlineData("/v2/rest/query", null)]
    [InlineData("/v1/rest/mgmt", """{"Options":{"request_readonly":true}}""")]
    public async Task Command_WhereNothingMayBeChanged_MayLookOnly(string path, string? properties)
    {
        var given = properties is null ? default(object) : JsonElement.Parse(properties);
        (await AskAsync(path, ".show version | project ServiceType", given)).GetRawText().ShouldContain("[[\"Engine\"]]");

        using var refused = await _server.PostAsync(path, ".create table T (a:long)", given);

        ((int)refused.StatusCode).ShouldBe(400);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("nothing may be changed here");
        (await AskAsync("/v1/rest/mgmt", ".show tables | count")).GetRawText().ShouldContain("[[2]]");
    }

    [Fact]
    public async Task Schema_AsJson_IsWhatEditorsRead()
    {
        var row = (await AskAsync("/v1/rest/mgmt", ".show databases (['snowplow']) schema as json")).GetProperty("Tables")[0].GetProperty("Rows")[0][0];

        var tables = JsonElement.Parse(row.GetString()!).GetProperty("Databases").GetProperty("snowplow").GetProperty("Tables");
        tables.GetProperty("orders").GetProperty("OrderedColumns")[1].GetRawText().ShouldBe("""{"Name":"city","Type":"System.String","CslType":"string"}""");
    }

    // As the plug-in's Go code writes its requests.
    [Theory]
    [InlineData("/v1/rest/query", """{"csl":".show databases schema","db":"","properties":{"options":{"servertimeout":"00:00:30"}}}""", "DatabaseName")]
    [InlineData("/v1/rest/mgmt", """{"csl":".show databases schema as json","querySource":"schema"}""", "DatabaseSchema")]
    [InlineData("/v1/rest/mgmt", """{"csl":".show databases"}""", "DatabaseName")]
    [InlineData("/v1/rest/query", """{"csl":"set query_take_max_records = 5;\norders | take 2","db":"snowplow","properties":{"options":{"queryconsistency":"weakconsistency"}}}""", "id")]
    public async Task Grafana_WhenItConnectsAndAsks_IsAnswered(string path, string body, string firstColumn)
    {
        using var content = new StringContent(body, null, "application/json");
        using var response = await _server.Http.PostAsync(new Uri(path, UriKind.Relative), content);

        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        var table = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Tables")[0];
        table.GetProperty("Columns")[0].GetProperty("ColumnName").GetString().ShouldBe(firstColumn);
        table.GetProperty("Rows").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(".shwo tables", "SYN0002")]
    [InlineData("orders | count", "begins with a dot")]
    public async Task Command_ThatIsNone_IsRefused(string text, string told)
    {
        using var refused = await _server.PostAsync("/v1/rest/mgmt", text);

        ((int)refused.StatusCode).ShouldBe(400);
        (await refused.Content.ReadAsStringAsync()).ShouldContain(told);
    }

    private async Task<JsonElement> AskAsync(string path, string text, object? properties = null)
    {
        using var response = await _server.PostAsync(path, text, properties);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }
}
