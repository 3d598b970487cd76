using System.Text;
using System.Text.Json;
using Snowplow.Silo.Tests.Kusto;

namespace Snowplow.Silo.Tests.Query;

/// <summary><c>snowplow query</c> of a running server.</summary>
public sealed class QueryServerTests : IAsyncLifetime
{
    private const string EveryType = """
        print b = true, i = int(-3), l = 9007199254740993, r = 1.0, nan = real(nan), inf = -real(+inf), d = decimal(1.50), t = datetime(2025-01-01T00:00:00.12Z),
        s = 1d + 2s, g = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), x = 'é"\\', o = dynamic({"a":[1,"z",null,1.5]}), n = long(null), no = dynamic(null);
        print s = '' | render card; range x from 1 to 2 step 1 | where x > 5
        """;

    private readonly TemporaryFolder _folder = new();
    private KustoServer _server = null!;

    public async Task InitializeAsync() => _server = await KustoServer.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("tsv")]
    public async Task Query_OfAServer_IsWrittenAsThatOfFiles(string format)
    {
        await File.WriteAllTextAsync(_folder.File("t.csv"), "a\n1\n");

        var remote = await Run(EveryType, "--url", Url, "--format", format);
        var local = await Run(EveryType, "--table", "t=t.csv", "--format", format);

        remote.ExitCode.ShouldBe(0, remote.Error);
        remote.Output.ShouldBe(local.Output);
    }

    [Theory]
    [InlineData("orders | where amount > 3 | project city", "city\nBern\n")]
    [InlineData(".show tables | project TableName", "TableName\ncities\norders\n")]
    public async Task Query_OfAServer_HasItsTables(string query, string expected) => (await Run(query, "--url", Url, "--format", "csv")).Output.ShouldBe(expected);

    [Theory]
    [InlineData("orders\n\t| where\tnothing > 1", "snowplow: SEM0100 at line 2, column 10: Failed to resolve column or scalar expression named 'nothing'\n  \t| where\tnothing > 1\n  \t       \t^^^^^^^\n")]
    [InlineData("orders |", "snowplow: SYN0002 at line 1, column 9: ")]
    [InlineData("set truncationmaxrecords = 1; orders", "snowplow: The result has more than 1 rows (E_QUERY_RESULT_SET_TOO_LARGE)")]
    [InlineData(".shwo tables", "snowplow: SYN0002 at line 1, column 2: ")]
    public async Task Query_OfAServer_PointsAtErrorsInTheText(string query, string error)
    {
        var (exitCode, output, told) = await Run(query, "--url", Url);

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        told.ReplaceLineEndings("\n").ShouldStartWith(error);
    }

    [Fact]
    public async Task Batch_OfAServer_AnswersEachLineByItsId()
    {
        var input = string.Concat(
            new object[] { new { id = 7, query = EveryType }, new { id = "b", query = "orders | count" }, new { id = "c", query = "nowhere" } }.Select(line => JsonSerializer.Serialize(line) + "\n"));
        await File.WriteAllTextAsync(_folder.File("orders.csv"), "a\n1\n2\n3\n");

        var remote = await SnowplowProcess.FilterAsync(_folder.Path, Encoding.UTF8.GetBytes(input), "query", "--batch", "--url", Url);
        var local = await SnowplowProcess.FilterAsync(_folder.Path, Encoding.UTF8.GetBytes(input), "query", "--batch", "--table", "orders=orders.csv");

        remote.ExitCode.ShouldBe(0, remote.Error);
        remote.Output.ShouldBe(local.Output);
        remote.Output.ShouldContain("""{"id":"b","columns":[{"name":"Count","type":"long"}],"rows":[[3]]}""");
    }

    [Fact]
    public async Task Query_OfAServerThatWantsItsKey_ShowsIt()
    {
        await using var server = await KustoServer.StartAsync("http://0.0.0.0:0");
        var url = server.Http.BaseAddress!.ToString();

        (await Run("orders | count", "--url", url)).Error.ShouldBe("snowplow: The server asks for its API key: give it with --api-key.\n", StringCompareShould.IgnoreLineEndings);
        (await Run("orders | count", "--url", url, "--api-key", KustoServer.Key, "--format", "csv")).Output.ShouldBe("Count\n3\n");
    }

    [Theory]
    [InlineData("http://127.0.0.1:9", "snowplow: The server http://127.0.0.1:9/ does not answer: ")]
    [InlineData("nowhere", "snowplow: --url 'nowhere' is no address such as http://localhost:8080.")]
    public async Task Query_WhereNoServerIs_SaysSo(string url, string error) => (await Run("print 1", "--url", url)).Error.ShouldStartWith(error);

    [Fact]
    public async Task Query_OfAServerAndFiles_IsRefused() =>
        (await Run("print 1", "--url", Url, "--data", "data")).Error.ShouldStartWith("snowplow: Give --url, or --data, --table and --scripts, not both");

    private string Url => _server.Http.BaseAddress!.ToString();

    private Task<(int ExitCode, string Output, string Error)> Run(params string[] arguments) => SnowplowProcess.FilterAsync(_folder.Path, default, ["query", .. arguments]);
}
