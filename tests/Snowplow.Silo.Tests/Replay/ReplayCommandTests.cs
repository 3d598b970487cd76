using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Snowplow.Silo.Tests.EnrichFilter;
using Snowplow.Streams.Local;

namespace Snowplow.Silo.Tests.Replay;

public sealed class ReplayCommandTests : IDisposable
{
    private const string Contexts = """{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0","data":[{"schema":"iglu:com.acme/thing/jsonschema/1-0-0","data":{"a":1}}]}""";
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Replay_WhenTheMissingSchemaIsThere_MakesBadRowsGoodTheSameEveryTime()
    {
        await MakeBadRowsAsync();
        string[] replay = ["replay", "bad", "--iglu", "registry", "--output", "out", "--etl-time", "2026-04-01T00:00:00Z", "--report", "json"];

        var (exitCode, output, error) = await RunAsync(replay);
        exitCode.ShouldBe(0, error);
        Counts(output).ShouldBe(["good 0 1", "collector_payload_format_violation 1 1", "schema_violations 2 1"]);
        var enriched = await File.ReadAllBytesAsync(_folder.File("out/enriched/hour/rows.tsv.gz"));
        var bad = await File.ReadAllBytesAsync(_folder.File("out/bad/hour/rows.jsonl.gz"));
        var fields = Unpacked(enriched).TrimEnd('\n').Split('\t');
        fields.Length.ShouldBe(131);
        fields[6].ShouldBe(await EventIdOfFirstRowAsync());
        fields[29].ShouldBe("https://example.com/1");
        fields[3].ShouldBe("2026-03-01 12:00:00.001");

        await RunAsync(replay);

        (await File.ReadAllBytesAsync(_folder.File("out/enriched/hour/rows.tsv.gz"))).ShouldBe(enriched);
        (await File.ReadAllBytesAsync(_folder.File("out/bad/hour/rows.jsonl.gz"))).ShouldBe(bad);
        Directory.GetFiles(_folder.File("out"), "*", SearchOption.AllDirectories).Length.ShouldBe(2);
    }

    [Fact]
    public async Task Replay_WhenDryRun_TellsTheDifferenceAndWritesNothing()
    {
        await MakeBadRowsAsync();
        var before = Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories);

        var (exitCode, output, error) = await RunAsync("replay", "bad", "--type", "schema_violations", "--iglu", "registry", "--dry-run");

        exitCode.ShouldBe(0, error);
        output.ShouldContain("schema_violations             2             1            -1");
        output.ShouldContain("2 records replayed; a dry run, nothing is written.");
        Directory.GetFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).ShouldBe(before);
        (await RunAsync("replay", "bad", "--until", "2020-01-01", "--dry-run")).Output.ShouldContain("0 records replayed");
    }

    [Fact]
    public async Task Replay_WhenTheRawLogIsOpenElsewhere_ReadsItAndGivesThePipelinesEventIds()
    {
        var id = new Guid("7f3c2b1a-0000-4000-8000-000000000001");
        await using (var log = LocalRawStream.Open(
            new LocalRawStreamOptions { Folder = _folder.File("data/raw"), Partitions = 1 }, TimeProvider.System, NullLogger<LocalRawStream>.Instance))
        {
            for (var i = 0; i < 3; i++)
                await log.AppendAsync("key", id, Payloads.Thrift(Payloads.Line(i)).AsMemory(4), CancellationToken.None);

            var (exitCode, output, error) = await RunAsync("replay", "--raw", "data", "--from-position", "1", "--output", "out", "--report", "json");

            exitCode.ShouldBe(0, error);
            Counts(output).ShouldBe(["good 0 0"]);
            var report = JsonDocument.Parse(output).RootElement;
            report.GetProperty("not_compared").GetInt64().ShouldBe(2);
            report.GetProperty("counts")[0].GetProperty("not_compared").GetInt64().ShouldBe(2);
        }

        var file = Directory.GetFiles(_folder.File("out/enriched")).ShouldHaveSingleItem();
        var lines = Unpacked(await File.ReadAllBytesAsync(file)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Select(line => line.Split('\t')[29]).ShouldBe(["https://example.com/1", "https://example.com/2"]);
        lines.ShouldAllBe(line => line.Split('\t')[6] == Snowplow.Events.Enriched.EventId.FromPayload(id, 0).ToString("D", CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("replay bad --output .", "would take its place")]
    [InlineData("replay bad --output ./x/..", "would take its place")]
    [InlineData("replay bad/hour/rows.bin --dry-run", "must be named *.jsonl or *.jsonl.gz")]
    public async Task Replay_WhoseResultsCannotHaveTheirNames_IsRefusedAndChangesNothing(string arguments, string expected)
    {
        await MakeBadRowsAsync();
        File.Copy(_folder.File("bad/hour/rows.jsonl.gz"), _folder.File("bad/hour/rows.bin"));
        var before = await File.ReadAllBytesAsync(_folder.File("bad/hour/rows.jsonl.gz"));

        var (exitCode, _, error) = await RunAsync(arguments.Split(' '));

        exitCode.ShouldNotBe(0);
        error.ShouldContain(expected);
        (await File.ReadAllBytesAsync(_folder.File("bad/hour/rows.jsonl.gz"))).ShouldBe(before);
        Directory.Exists(_folder.File("enriched")).ShouldBeFalse();
    }

    [Fact]
    public async Task Replay_OfARawLogIntoItsDataFolder_IsRefused()
    {
        await LocalRawStream.Open(
            new LocalRawStreamOptions { Folder = _folder.File("data/raw"), Partitions = 1 }, TimeProvider.System, NullLogger<LocalRawStream>.Instance).DisposeAsync();
        (await RunAsync("replay", "--raw", "data", "--output", "data/")).Error.ShouldContain("is the server's own folder");
    }

    [Fact]
    public async Task Replay_WhenThereIsNothing_SaysWhatToName()
    {
        (await RunAsync("replay", "--dry-run")).Error.ShouldContain("There is nothing to replay");
        (await RunAsync("replay", "--raw", "nowhere", "--dry-run")).Error.ShouldContain("holds no raw log");
    }

    [Fact]
    public async Task Replay_WhenAFileOfBadRowsIsCutOff_ReplaysWhatPrecedesAndSaysSo()
    {
        await MakeBadRowsAsync();
        var whole = await File.ReadAllBytesAsync(_folder.File("bad/hour/rows.jsonl.gz"));
        Directory.CreateDirectory(_folder.File("bad/next"));
        await File.WriteAllBytesAsync(_folder.File("bad/next/torn.jsonl.gz"), [.. whole, .. whole.AsSpan(0, whole.Length - 4)]);

        var (exitCode, output, error) = await RunAsync("replay", "bad", "--iglu", "registry", "--output", "out", "--report", "json");

        exitCode.ShouldBe(1);
        error.ShouldStartWith("snowplow: bad/next/torn.jsonl.gz cannot be read to its end: ");
        JsonDocument.Parse(output).RootElement.GetProperty("records").GetInt64().ShouldBeInRange(6, 9);
        Unpacked(await File.ReadAllBytesAsync(_folder.File("out/enriched/next/torn.tsv.gz"))).ShouldStartWith("\tweb");
        Unpacked(await File.ReadAllBytesAsync(_folder.File("out/enriched/hour/rows.tsv.gz"))).Split('\n').Length.ShouldBe(2);
    }

    [Fact]
    public async Task Replay_WhenTwoSourcesWouldGiveOneResult_Refuses()
    {
        await MakeBadRowsAsync();
        Directory.CreateDirectory(_folder.File("other"));
        File.Copy(_folder.File("bad/hour/rows.jsonl.gz"), _folder.File("other/rows.jsonl.gz"));

        var (exitCode, _, error) = await RunAsync("replay", "bad/hour", "other", "--dry-run");

        exitCode.ShouldBe(1);
        error.ShouldContain("would give results of one name");
    }

    public void Dispose() => _folder.Dispose();

    // One row that a schema of the folder 'registry' makes good, one that stays bad, one that holds no payload.
    private async Task MakeBadRowsAsync()
    {
        var co = $"&co={Uri.EscapeDataString(Contexts)}";
        var (_, _, rows) = await SnowplowProcess.FilterAsync(
            _folder.Path, Payloads.Lines(Payloads.Line(1, co), Payloads.Line(2, $"{co}&vid=abc"), "no json"), "enrich");
        Directory.CreateDirectory(_folder.File("bad/hour"));
        await using (var file = new GZipStream(File.Create(_folder.File("bad/hour/rows.jsonl.gz")), CompressionLevel.Optimal))
            await file.WriteAsync(System.Text.Encoding.UTF8.GetBytes(rows));
        var schemas = Directory.CreateDirectory(_folder.File("registry/schemas/com.acme/thing/jsonschema"));
        await File.WriteAllTextAsync(
            Path.Combine(schemas.FullName, "1-0-0"), """{"self":{"vendor":"com.acme","name":"thing","format":"jsonschema","version":"1-0-0"},"type":"object"}""");
    }

    private async Task<string> EventIdOfFirstRowAsync()
    {
        var row = Unpacked(await File.ReadAllBytesAsync(_folder.File("bad/hour/rows.jsonl.gz"))).Split('\n')[0];
        return JsonDocument.Parse(row).RootElement.GetProperty("data").GetProperty("payload").GetProperty("enriched").GetProperty("event_id").GetString()!;
    }

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments) =>
        SnowplowProcess.FilterAsync(_folder.Path, default, arguments);

    private static IEnumerable<string> Counts(string report) => JsonDocument.Parse(report).RootElement.GetProperty("counts").EnumerateArray()
        .Select(row => $"{row.GetProperty("name")} {row.GetProperty("before")} {row.GetProperty("after")}");

    private static string Unpacked(byte[] gzip)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(gzip), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
