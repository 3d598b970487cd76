using System.Text;

namespace Snowplow.Silo.Tests.Query;

public sealed class QueryCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Query_OverCsv_InfersTypesAndAlignsItsTable()
    {
        Write("orders.csv", "id,name,amount,at\n1,\"Smith, \"\"A\"\"\",2.5,2026-03-01\n2,Jones,,2026-03-02T10:00:00Z\n");

        var (exitCode, output, _) = await Run("orders | extend day = startofday(at) | project name, amount, day; orders | getschema | project ColumnType", "--table", "orders=orders.csv");

        exitCode.ShouldBe(0);
        output.ShouldBe("""
            name        amount  day
            ----------  ------  ----------------------------
            Smith, "A"     2.5  2026-03-01T00:00:00.0000000Z
            Jones               2026-03-02T00:00:00.0000000Z

            ColumnType
            ----------
            long
            string
            real
            datetime

            """, StringCompareShould.IgnoreLineEndings);
    }

    [Fact]
    public async Task Query_OfUserAgents_ReadsThemByTheRulesOfUapCore()
    {
        Write("agents.csv", """
            agent
            "Mozilla/5.0 (Windows; U; en-US) AppleWebKit/531.9 (KHTML, like Gecko) AdobeAIR/2.5.1"
            "Mozilla/5.0 (SymbianOS/9.2; U; Series60/3.1 NokiaN81-3/10.0.032 Profile/MIDP-2.0 Configuration/CLDC-1.1 ) AppleWebKit/413 (KHTML, like Gecko) Safari/4"
            """);

        var (_, output, _) = await Run("agents | project x = parse_user_agent(agent, dynamic(['browser', 'os', 'device']))", "--table", "agents=agents.csv", "--format", "json");

        var lines = output.Split('\n');
        lines[0].ShouldStartWith("""{"x":{"Browser":{"Family":"AdobeAIR","MajorVersion":"2","MinorVersion":"5","Patch":"1"},"OperatingSystem":""");
        lines[1].ShouldBe("""
            {"x":{"Browser":{"Family":"Nokia OSS Browser","MajorVersion":"3","MinorVersion":"1","Patch":""},"OperatingSystem":{"Family":"Symbian OS","MajorVersion":"9","MinorVersion":"2","Patch":"","PatchMinor":""},"Device":{"Family":"Nokia N81","Brand":"Nokia","Model":"N81-3"}}}
            """);
    }

    [Fact]
    public async Task Query_OverTwoFilesOfOtherKinds_JoinsThem()
    {
        Write("a.tsv", "key\tv\nx\t1\ny\t2\n");
        Write("b.jsonl", "{\"key\":\"x\",\"tags\":[1,2]}\n{\"key\":\"z\"}\n");

        var (_, output, _) = await Run("a | join kind=leftouter b on key | project key, v, tags", "--table", "a=a.tsv", "--table", "b=b.jsonl", "--format", "json");

        output.ShouldBe("{\"key\":\"x\",\"v\":1,\"tags\":[1,2]}\n{\"key\":\"y\",\"v\":2,\"tags\":null}\n");
    }

    [Fact]
    public async Task Query_OfFile_WritesCsv()
    {
        Write("q.kql", "print a = 'x,y', b = 1d");

        var (_, output, _) = await Run("--file", "q.kql", "--format", "csv");

        output.ShouldBe("a,b\n\"x,y\",1.00:00:00\n");
    }

    [Theory]
    [InlineData("print x = 1 | where y > 1", "snowplow: SEM0100 at line 1, column 21: Failed to resolve column or scalar expression named 'y'\n  print x = 1 | where y > 1\n                      ^\n")]
    [InlineData("print 1 | wehre x", "snowplow: SYN0002 at line 1, column 11: 'wehre' is no operator")]
    [InlineData("print 1 | reduce by x", "snowplow: SEM0000 at line 1, column 11: not supported by the embedded engine: the operator 'reduce'")]
    public async Task Query_WithAnError_PointsAtItsPlace(string query, string error)
    {
        var (exitCode, output, told) = await Run(query);

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        told.ReplaceLineEndings("\n").ShouldStartWith(error);
    }

    [Theory]
    [InlineData("--table", "x", "snowplow: --table must be name=file, not 'x'.")]
    [InlineData("--table", "t=none.csv", "snowplow: 'none.csv' is neither a file nor a folder.")]
    [InlineData("--table", "t=bad.csv", "snowplow: 'bad.csv' cannot be read as a table: line 2 has 1 fields, not 2.")]
    public async Task Query_OfATableThatCannotBeRead_SaysWhy(string option, string value, string error)
    {
        Write("bad.csv", "a,b\n1\n");

        var (exitCode, _, told) = await Run("print 1", option, value);

        exitCode.ShouldBe(1);
        told.ShouldStartWith(error);
    }

    [Fact]
    public async Task Batch_AnswersEachLineByItsId()
    {
        var input = "{\"id\":7,\"query\":\"print x = 1\"}\n{\"id\":\"b\",\"query\":\"print y\"}\n";

        var (exitCode, output, _) = await SnowplowProcess.FilterAsync(_folder.Path, Encoding.UTF8.GetBytes(input), "query", "--batch");

        exitCode.ShouldBe(0);
        output.ShouldBe("""
            {"id":7,"columns":[{"name":"x","type":"long"}],"rows":[[1]]}
            {"id":"b","error":"SEM0100: Failed to resolve column or scalar expression named 'y'"}

            """, StringCompareShould.IgnoreLineEndings);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(_folder.Path, name), text);

    private Task<(int ExitCode, string Output, string Error)> Run(params string[] arguments) => SnowplowProcess.FilterAsync(_folder.Path, default, ["query", .. arguments]);
}
