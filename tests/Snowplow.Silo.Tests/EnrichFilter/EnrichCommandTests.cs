using System.Text;
using System.Text.Json;

namespace Snowplow.Silo.Tests.EnrichFilter;

public sealed class EnrichCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Enrich_WhenSameInputComesAsJsonAndThrift_GivesTheSameLinesInOrder()
    {
        string[] lines = [.. Enumerable.Range(0, 500).Select(number => Payloads.Line(number))];

        var json = await RunAsync(Payloads.Lines(lines));
        var thrift = await RunAsync(Payloads.Thrift(lines));

        json.ExitCode.ShouldBe(0, json.Error);
        thrift.ExitCode.ShouldBe(0, thrift.Error);
        var enriched = Payloads.WithoutEtlTime(json.Output);
        enriched.Select(line => line.Split('\t')[28]).ShouldBe(Enumerable.Range(0, 500).Select(number => $"https://example.com/{number}"));
        enriched.Select(line => line.Split('\t')[5]).Distinct().Count().ShouldBe(500);
        // The ids of events without one rest on the payload's bytes, which are the same.
        Payloads.WithoutEtlTime(thrift.Output).ShouldBe(enriched);
        json.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Enrich_WhenLinesCannotBeRead_ReportsEachAsBadRowAndGoesOn()
    {
        var (exitCode, output, error) = await RunAsync(Payloads.Lines(
            Payloads.Line(0), "no json", "", """{"timestamp":"2026-01-01"}""", """{"timestamp":1,"queryString":"x"}""", Payloads.Line(1, "&vid=abc"), Payloads.Line(2)));

        exitCode.ShouldBe(0);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        var rows = error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => JsonDocument.Parse(row).RootElement).ToList();
        rows.Select(row => row.GetProperty("schema").GetString()!.Split('/')[1]).ShouldBe(
            ["collector_payload_format_violation", "collector_payload_format_violation", "collector_payload_format_violation", "schema_violations"]);
        Message(rows[1]).ShouldBe("line 4: timestamp must be a number, milliseconds since 1970-01-01 UTC");
        Message(rows[2]).ShouldStartWith("line 5: 'queryString' is no field of a collector payload; fields are ipAddress,");
        Encoding.UTF8.GetString(rows[0].GetProperty("data").GetProperty("payload").GetBytesFromBase64()).ShouldBe("no json");

        static string Message(JsonElement row) => row.GetProperty("data").GetProperty("failure").GetProperty("message").GetProperty("error").GetString()!;
    }

    [Fact]
    public async Task Enrich_WhenInputPauses_HasWrittenWhatCame()
    {
        await using var process = SnowplowProcess.Start(_folder.Path, "enrich");
        for (var i = 0; i < 3; i++)
        {
            await process.Input.WriteAsync(Payloads.Lines(Payloads.Line(i)));
            await process.Input.FlushAsync();
            (await process.Output.ReadLineAsync())!.ShouldContain($"https://example.com/{i}");
        }

        process.Input.Close();
        (await process.EndAsync()).ExitCode.ShouldBe(0);
    }

    [LinuxFact]
    public async Task Enrich_WhenNobodyReadsTheOutput_EndsQuietly()
    {
        await using var process = SnowplowProcess.Start(_folder.Path, "enrich");
        await process.Input.WriteAsync(Payloads.Lines(Payloads.Line(0)));
        await process.Input.FlushAsync();
        await process.Output.ReadLineAsync();
        process.Output.Close();

        // Input without end: only its own insight ends the process.
        var lines = Payloads.Lines([.. Enumerable.Range(0, 100).Select(number => Payloads.Line(number))]);
        await Should.ThrowAsync<IOException>(async () =>
        {
            while (true) await process.Input.WriteAsync(lines);
        });
        (await process.ErrorAtEndAsync()).ShouldBe((0, ""));
    }

    [Fact]
    public async Task Enrich_WhenRegistryIsGiven_ValidatesByIt()
    {
        var schemas = Directory.CreateDirectory(_folder.File("registry/schemas/com.acme/thing/jsonschema"));
        await File.WriteAllTextAsync(
            Path.Combine(schemas.FullName, "1-0-0"),
            """{"self":{"vendor":"com.acme","name":"thing","format":"jsonschema","version":"1-0-0"},"type":"object","properties":{"a":{"type":"integer"}},"additionalProperties":false}""");
        var good = Payloads.Line(1, Contexts("""{"a":1}"""));
        var wrong = Payloads.Line(2, Contexts("""{"a":"x"}"""));

        var (exitCode, output, error) = await RunAsync(Payloads.Lines(good, wrong), "--iglu", "registry", "--to", "json", "--bad", "bad.jsonl");

        exitCode.ShouldBe(0, error);
        error.ShouldBeEmpty();
        JsonDocument.Parse(output).RootElement.GetProperty("contexts_com_acme_thing_1")[0].GetProperty("a").GetInt32().ShouldBe(1);
        (await File.ReadAllTextAsync(_folder.File("bad.jsonl"))).ShouldContain("ValidationError");

        static string Contexts(string data) => "&co=" + Uri.EscapeDataString(
            $$$"""{"schema":"iglu:com.snowplowanalytics.snowplow/contexts/jsonschema/1-0-0","data":[{"schema":"iglu:com.acme/thing/jsonschema/1-0-0","data":{{{data}}}}]}""");
    }

    [Theory]
    [InlineData("tsv")]
    [InlineData("json")]
    public async Task Enrich_WhenFailedEventsAreAskedFor_WritesThemInOrderAndForm(string form)
    {
        var lines = Enumerable.Range(0, 3000).Select(number => Payloads.Line(number, number % 3 == 0 ? "&vid=x" : ""));

        var (exitCode, output, error) = await RunAsync(Payloads.Lines([.. lines]), "--to", form, "--bad", "bad.jsonl", "--failed", "failed");

        exitCode.ShouldBe(0, error);
        output.Count(c => c == '\n').ShouldBe(2000);
        (await File.ReadAllLinesAsync(_folder.File("bad.jsonl"))).Length.ShouldBe(1000);
        var failed = await File.ReadAllLinesAsync(_folder.File("failed"));
        failed.Length.ShouldBe(1000);
        for (var i = 0; i < failed.Length; i++)
        {
            failed[i].ShouldContain($"https://example.com/{i * 3}{(form == "tsv" ? "\t" : "\"")}");
            failed[i].ShouldContain(form == "tsv" ? "snowplow/failure/jsonschema/1-0-0" : "contexts_com_snowplowanalytics_snowplow_failure_1");
        }

        failed.ShouldAllBe(line => form == "tsv" ? line.Count(c => c == '\t') == 130 : line.StartsWith('{'));
    }

    [Fact]
    public async Task Enrich_WhenFailedEventsAreNotAskedFor_WritesNone()
    {
        var (exitCode, output, error) = await RunAsync(Payloads.Lines(Payloads.Line(1, "&vid=x")), "--bad", "bad.jsonl", "--Enrich:FailedEvents=true");

        exitCode.ShouldBe(0, error);
        output.ShouldBeEmpty();
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).ShouldBe(["bad.jsonl"]);
    }

    [Fact]
    public async Task Enrich_WhenThriftIsCutOff_SaysWhereAndKeepsWhatPrecedes()
    {
        var thrift = Payloads.Thrift(Payloads.Line(0), Payloads.Line(1));

        var (exitCode, output, error) = await RunAsync(thrift.AsMemory(0, thrift.Length - 5));

        exitCode.ShouldBe(1);
        error.ShouldContain("snowplow: Record 2 of the input is cut off");
        output.ShouldContain("https://example.com/0");
    }

    [Theory]
    [InlineData("--enrichments nowhere", "nowhere: the folder of enrichments is not there.")]
    [InlineData("--iglu nowhere", "The folder 'nowhere' of registry 'nowhere' holds no folder 'schemas'.")]
    [InlineData("--Enrich:Nonsense=1", "Enrich:Nonsense is no setting")]
    public async Task Enrich_WhenConfigurationIsWrong_NamesIt(string arguments, string message)
    {
        var (exitCode, output, error) = await RunAsync(ReadOnlyMemory<byte>.Empty, arguments.Split(' '));

        exitCode.ShouldBe(1);
        output.ShouldBeEmpty();
        error.ShouldContain(message);
    }

    public void Dispose() => _folder.Dispose();

    private Task<(int ExitCode, string Output, string Error)> RunAsync(ReadOnlyMemory<byte> input, params string[] arguments) =>
        SnowplowProcess.FilterAsync(_folder.Path, input, ["enrich", .. arguments]);
}
