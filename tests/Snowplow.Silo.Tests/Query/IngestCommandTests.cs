using System.IO.Compression;

namespace Snowplow.Silo.Tests.Query;

/// <summary><c>snowplow ingest</c> into a running server.</summary>
public sealed class IngestCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public async Task Ingest_OfFiles_MakesTablesThatQueriesFind()
    {
        await using var server = SnowplowProcess.Start(_folder.Path, "serve", "--data", "data", "--urls", "http://127.0.0.1:0");
        var url = await server.AddressAsync();
        await File.WriteAllTextAsync(_folder.File("a.csv"), "id,name,since\n1,\"Ada\n\n.drop table customers\",2026-01-01\n2,Bob,\n");
        await using (var gzip = new GZipStream(File.Create(_folder.File("b.jsonl.gz")), CompressionLevel.Fastest))
            await gzip.WriteAsync("{\"id\":3,\"tags\":[\"x\"]}\n"u8.ToArray());
        await File.WriteAllTextAsync(_folder.File("many.csv"), "n,text\n" + string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{i},{new string('x', 100)}\n")));

        (await Run(url, "ingest", "a.csv", "--table", "customers")).ShouldBe("2 rows are in 'customers'.\n");
        (await Run(url, "ingest", "b.jsonl.gz", "--table", "customers")).ShouldBe("1 rows are in 'customers'.\n");
        (await Run(url, "query", "customers | project id, lines = countof(name, '\\n'), since, tag = tostring(tags[0])", "--format", "csv"))
            .ShouldBe("id,lines,since,tag\n1,2,2026-01-01T00:00:00.0000000Z,\n2,0,,\n3,0,,x\n");

        // More than goes into one request.
        (await Run(url, "ingest", "many.csv", "--table", "customers", "--replace")).ShouldBe("60,000 rows are in 'customers'.\n");
        (await Run(url, "query", "customers | summarize rows = count(), total = sum(n), longest = max(strlen(text))", "--format", "csv")).ShouldBe("rows,total,longest\n60000,1799970000,100\n");

        var (exitCode, _, told) = await SnowplowProcess.FilterAsync(_folder.Path, default, "ingest", "a.csv", "--table", "sessions", "--url", url);
        exitCode.ShouldBe(1);
        told.ShouldContain("'sessions'");
    }

    private async Task<string> Run(string url, params string[] arguments)
    {
        var (exitCode, output, told) = await SnowplowProcess.FilterAsync(_folder.Path, default, [.. arguments, "--url", url]);
        exitCode.ShouldBe(0, told);
        return output;
    }
}
