using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Snowplow.Silo.Tests.Kusto;

namespace Snowplow.Silo.Tests.Export;

/// <summary><c>snowplow export</c>, of a server and of files.</summary>
public sealed class ExportCommandTests : IAsyncLifetime
{
    private const string EveryType = """
        range i from 1 to 3 step 1 | extend b = i == 2, n = toint(i), r = 1.5 * i, w = 1.0 * i, nan = real(nan), d = decimal(1.50), t = datetime(2025-01-01T00:00:00.12Z) + i * 1h,
        s = 1d + i * 1s, g = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), x = strcat('é"\\', i), y = 'a,b\r\nc\td', o = dynamic({"a":[1,"z",null,1.5]}), z = dynamic('x "y"'), e = '',
        gone = iff(i == 1, long(null), i), none = dynamic(null)
        """;

    private readonly TemporaryFolder _folder = new();
    private KustoServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await KustoServer.StartAsync();
        await File.WriteAllTextAsync(_folder.File("t.csv"), "a\n1\n");
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("tsv")]
    [InlineData("json")]
    public async Task Export_OfAServerAndOfFiles_IsWhatTheQueryShows(string format)
    {
        var shown = await SnowplowProcess.FilterAsync(_folder.Path, default, "query", EveryType, "--table", "t=t.csv", "--format", format);

        var remote = await Run(EveryType, "--file", $"remote.{format}", "--url", Url);
        var local = await Run(EveryType, "--file", $"local.{format}", "--table", "t=t.csv");

        remote.ExitCode.ShouldBe(0, remote.Error);
        local.ExitCode.ShouldBe(0, local.Error);
        (await File.ReadAllTextAsync(_folder.File($"remote.{format}"))).ShouldBe(shown.Output);
        (await File.ReadAllTextAsync(_folder.File($"local.{format}"))).ShouldBe(shown.Output);
        local.Output.ShouldStartWith($"3 rows are in 'local.{format}': ");
        remote.Output.ShouldStartWith($"3 rows are in 'remote.{format}': ");
    }

    [Fact]
    public async Task Export_IntoAPackedFile_HasAllRowsBeyondTheLimitOfResults()
    {
        var (exitCode, output, told) = await Run("range x from 1 to 700000 step 1", "--file", "x.jsonl.gz", "--url", Url);

        exitCode.ShouldBe(0, told);
        output.ShouldStartWith("700,000 rows are in 'x.jsonl.gz': ");
        using var reader = new StreamReader(new GZipStream(File.OpenRead(_folder.File("x.jsonl.gz")), CompressionMode.Decompress));
        var lines = (await reader.ReadToEndAsync()).Split('\n');
        lines.Length.ShouldBe(700_001);
        lines[699_999].ShouldBe("{\"x\":700000}");
    }

    [Theory]
    [InlineData("print 1", "there.csv", "there is a file of that name, and nothing is written over it")]
    [InlineData("t | where nothing > 1", "new.csv", "snowplow: SEM0100 at line 1, column 11: ")]
    [InlineData("externaldata (a:long, b:long) ['t.csv']", "new.csv", "externaldata cannot read 't.csv': line 1 has 1 fields, not 2")]
    [InlineData("print 1", "new.csv --url http://127.0.0.1:9", "not both")]
    public async Task Export_ThatCannotBe_LeavesWhatIsThere(string query, string arguments, string told)
    {
        await File.WriteAllTextAsync(_folder.File("there.csv"), "mine");

        var (exitCode, output, error) = await Run([query, "--table", "t=t.csv", "--file", .. arguments.Split(' ')]);

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain(told);
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order().ShouldBe(["t.csv", "there.csv"]);
        (await File.ReadAllTextAsync(_folder.File("there.csv"))).ShouldBe("mine");
    }

    [Fact]
    public async Task Export_OfAServerThatBreaksOff_LeavesNoFile()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var run = Run("events", "--file", "new.csv", "--url", $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        using (var client = await listener.AcceptTcpClientAsync())
        {
            var stream = client.GetStream();
            // The request is short, and its end is not awaited: what comes of it does not matter.
            await stream.ReadAtLeastAsync(new byte[4096], 1);
            await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n\r\n6\r\na\n1\n2\n\r\n"));
        }

        var (exitCode, _, error) = await run;

        exitCode.ShouldBe(1);
        error.ShouldContain("The server broke off its answer");
        File.Exists(_folder.File("new.csv")).ShouldBeFalse();
        Directory.GetFiles(_folder.Path).ShouldBe([_folder.File("t.csv")]);
    }

    [Fact]
    public async Task Query_OfFiles_ReadsExternalDataFromTheFolderItRunsIn()
    {
        await using (var packed = new GZipStream(File.Create(_folder.File("x.tsv.gz")), CompressionLevel.Fastest)) await packed.WriteAsync("1\tone\n2\ttwo\n"u8.ToArray());

        var (exitCode, output, told) = await SnowplowProcess.FilterAsync(
            _folder.Path, default, "query", "externaldata (a:long, name:string) ['./x.tsv.gz'] | join kind=inner t on a | project name", "--table", "t=t.csv", "--format", "csv");

        exitCode.ShouldBe(0, told);
        output.ShouldBe("name\none\n");
    }

    private string Url => _server.Http.BaseAddress!.ToString();

    private Task<(int ExitCode, string Output, string Error)> Run(params string[] arguments) => SnowplowProcess.FilterAsync(_folder.Path, default, ["export", .. arguments]);
}
