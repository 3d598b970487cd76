using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Snowplow.Silo.Tests.Kusto;

/// <summary>Files that queries and commands of a server's clients name.</summary>
public sealed class KustoFileTests : IAsyncLifetime
{
    private KustoServer _server = null!;

    public async Task InitializeAsync() => _server = await KustoServer.StartAsync();

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task ExternalData_OfAFileOfTheServer_JoinsItsTables()
    {
        await using (var packed = new GZipStream(File.Create(_server.File("plans.csv.gz")), CompressionLevel.Fastest))
            await packed.WriteAsync("city,plan\nBern,gold\n"u8.ToArray());

        (await _server.RowsAsync("orders | join kind=inner (externaldata (city:string, plan:string) ['plans.csv.gz'] with (ignoreFirstRecord=true)) on city | project id, plan | sort by id asc"))
            .ShouldBe("""[[1,"gold"],[3,"gold"]]""");
    }

    [Theory]
    [InlineData("../secret.csv")]
    [InlineData("/etc/passwd")]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    public async Task ExternalData_OfAnythingElse_IsRefused(string path)
    {
        var frames = await _server.FramesAsync($"externaldata (line:string) ['{path}']");

        frames[^1].GetProperty("HasErrors").GetBoolean().ShouldBeTrue();
        frames[^1].GetRawText().ShouldContain($"externaldata cannot read '{path}'");
        frames.ShouldNotContain(frame => frame.GetRawText().Contains("root:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Export_ToAFile_WritesItAndTellsOfIt()
    {
        var row = await CommandAsync(".export to csv ('out/orders.csv') with (includeHeaders = 'all') <| orders | where id > 1 | project id, city");

        row[0].GetString().ShouldBe(_server.File("out/orders.csv"));
        row[1].GetInt64().ShouldBe(2);
        (await File.ReadAllTextAsync(_server.File("out/orders.csv"))).ShouldBe("id,city\n2,Köln\n3,Bern\n");
        row[2].GetInt64().ShouldBe(new FileInfo(_server.File("out/orders.csv")).Length);
        (await _server.RowsAsync("externaldata (id:long, city:string) ['out/orders.csv'] with (ignoreFirstRecord=true) | count")).ShouldBe("[[2]]");
    }

    [Fact]
    public async Task Export_ToAFolder_NamesItsFileAsKustoDoes()
    {
        var path = (await CommandAsync(".export compressed to json ('out/') with (namePrefix = 'orders', distributed = false) <| orders | take 1"))[0].GetString()!;

        Path.GetFileName(path).ShouldMatch("^orders_1_[0-9a-f]{32}\\.json\\.gz$");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        (await reader.ReadToEndAsync()).ShouldBe("{\"id\":1,\"city\":\"Bern\",\"amount\":2.5}\n");
    }

    [Theory]
    [InlineData("/v1/rest/mgmt", "there.csv", "orders", null, "nothing is written over it")]
    [InlineData("/v1/rest/mgmt", "../out.csv", "orders", null, "files are read and written below")]
    [InlineData("/v1/rest/mgmt", "new.csv", "orders | where nothing", null, "nothing")]
    [InlineData("/v1/rest/mgmt", "new.csv", "externaldata (a:long, b:long) ['there.csv']", null, "line 1 has 1 fields")]
    [InlineData("/v1/rest/mgmt", "new.csv", "orders", """{"Options":{"request_readonly":true}}""", "nothing may be written")]
    [InlineData("/v2/rest/query", "new.csv", "orders", null, "nothing may be written")]
    public async Task Export_ThatMayNotOrCannotBe_LeavesNothing(string endpoint, string path, string query, string? properties, string told)
    {
        await File.WriteAllTextAsync(_server.File("there.csv"), "mine");

        using var answer = await _server.PostAsync(endpoint, $".export to csv ('{path}') <| {query}", properties is null ? null : JsonElement.Parse(properties));

        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(told);
        Directory.GetFiles(_server.File("")).ShouldBe([_server.File("there.csv")]);
        (await File.ReadAllTextAsync(_server.File("there.csv"))).ShouldBe("mine");
    }

    [Theory]
    [InlineData("csv", "text/csv", "id,city\n1,Bern\n2,Köln\n")]
    [InlineData("tsv", "text/tab-separated-values", "id\tcity\n1\tBern\n2\tKöln\n")]
    [InlineData("json", "application/x-ndjson", "{\"id\":1,\"city\":\"Bern\"}\n{\"id\":2,\"city\":\"Köln\"}\n")]
    public async Task ExportAnswer_HasTheRowsAsAFile(string format, string type, string expected)
    {
        using var answer = await _server.PostAsync($"/api/export?format={format}", "orders | where id < 3 | project id, city");

        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(expected);
    }

    [Fact]
    public async Task ExportAnswer_IsNotCutByLimitsOfResults()
    {
        using var answer = await _server.PostAsync("/api/export?format=csv", "range x from 1 to 600000 step 1", JsonElement.Parse("""{"Options":{"truncationmaxrecords":5}}"""));

        (await answer.Content.ReadAsStringAsync()).Count(c => c == '\n').ShouldBe(600_001);
    }

    [Theory]
    [InlineData("csv", "orders | where nothing", "SEM0100")]
    [InlineData("xml", "orders", "is no format")]
    [InlineData("csv", "orders; cities", "SEM0308")]
    public async Task ExportAnswer_ToWhatIsWrong_IsKustosError(string format, string query, string told)
    {
        using var answer = await _server.PostAsync($"/api/export?format={format}", query);

        ((int)answer.StatusCode).ShouldBe(400);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("@message").GetString()!.ShouldContain(told);
    }

    [Fact]
    public async Task ExportAnswer_WhoseQueryFailsOnTheWay_BreaksOff()
    {
        // Enough of the file is sent before its last line is met.
        await File.WriteAllTextAsync(_server.File("torn.csv"), new StringBuilder().Insert(0, "1,2\n", 200_000).Append("3\n").ToString());

        await Should.ThrowAsync<HttpRequestException>(async () =>
        {
            using var answer = await _server.PostAsync("/api/export?format=csv", "externaldata (a:long, b:long) ['torn.csv']");
            await answer.Content.ReadAsStringAsync();
        });
    }

    private async Task<JsonElement> CommandAsync(string text)
    {
        using var answer = await _server.PostAsync("/v1/rest/mgmt", text);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        var table = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Tables")[0];
        table.GetProperty("Columns").EnumerateArray().Select(column => column.GetProperty("ColumnName").GetString()).ShouldBe(["Path", "NumRecords", "SizeInBytes"]);
        return table.GetProperty("Rows")[0];
    }
}
