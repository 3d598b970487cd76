using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Snowplow.Silo.Tests.EnrichFilter;

namespace Snowplow.Silo.Tests.Conversion;

public sealed class ConvertCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Convert_WhenEnrichHasWrittenTheLines_GivesTheJsonThatEnrichGives()
    {
        var lines = Payloads.Lines([.. Enumerable.Range(0, 20).Select(number => Payloads.Line(number))]);
        var (_, tsv, _) = await SnowplowProcess.FilterAsync(_folder.Path, lines, "enrich");
        var (_, json, _) = await SnowplowProcess.FilterAsync(_folder.Path, lines, "enrich", "--to", "json");

        var (exitCode, output, error) = await SnowplowProcess.FilterAsync(_folder.Path, Encoding.UTF8.GetBytes(tsv), "convert", "--to", "json");

        exitCode.ShouldBe(0, error);
        WithoutEtlTime(output).ShouldBe(WithoutEtlTime(json));
        var first = JsonDocument.Parse(output.Split('\n')[0]).RootElement;
        first.GetProperty("collector_tstamp").GetString().ShouldBe("2026-03-01T12:00:00Z");
        first.GetProperty("page_urlport").GetInt32().ShouldBe(443);
        first.GetProperty("refr_device_tstamp").ValueKind.ShouldBe(JsonValueKind.Null);

        static IEnumerable<string> WithoutEtlTime(string text) => text.Split('\n').Select(line =>
            System.Text.RegularExpressions.Regex.Replace(line, "\"etl_tstamp\":\"[^\"]*\"", ""));
    }

    [Fact]
    public async Task Convert_WhenLinesAreNoEvents_WritesBadRowsAndSaysSoByExitCode()
    {
        var (_, tsv, _) = await SnowplowProcess.FilterAsync(_folder.Path, Payloads.Lines(Payloads.Line(0)), "enrich");
        var line = tsv.TrimEnd('\n');
        var wrongType = Replaced(line, 34, "http");
        var input = $"{line}\njunk\na\tb\n\n{wrongType}\n{Replaced(line, 6, "")}\n{line}";

        var (exitCode, output, error) = await SnowplowProcess.FilterAsync(_folder.Path, Encoding.UTF8.GetBytes(input), "convert");

        exitCode.ShouldBe(1);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(2);
        var rows = error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => JsonDocument.Parse(row).RootElement).ToList();
        rows.ShouldAllBe(row => row.GetProperty("schema").GetString() == "iglu:com.snowplowanalytics.snowplow.badrows/loader_parsing_error/jsonschema/2-0-0");
        rows.Select(row => row.GetProperty("data").GetProperty("failure").GetProperty("type").GetString())
            .ShouldBe(["NotTSV", "FieldNumberMismatch", "RowDecodingError", "RowDecodingError"]);
        rows[2].GetProperty("data").GetProperty("failure").GetProperty("errors")[0].GetProperty("key").GetString().ShouldBe("page_urlport");
        rows[2].GetProperty("data").GetProperty("payload").GetString().ShouldBe(wrongType);

        static string Replaced(string line, int column, string text) =>
            string.Join('\t', line.Split('\t').Index().Select(field => field.Index == column ? text : field.Item));
    }

    [Fact]
    public async Task Convert_WhenAFolderOfGzipFilesIsNamed_ReadsAllMembersInTheOrderOfNames()
    {
        var (_, tsv, _) = await SnowplowProcess.FilterAsync(
            _folder.Path, Payloads.Lines([.. Enumerable.Range(0, 4).Select(number => Payloads.Line(number))]), "enrich");
        var lines = tsv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Directory.CreateDirectory(_folder.File("enriched/b"));
        await File.WriteAllBytesAsync(_folder.File("enriched/a.tsv.gz"), [.. Gzip(lines[0]), .. Gzip(lines[1])]);
        await File.WriteAllBytesAsync(_folder.File("enriched/b/c.tsv.gz"), Gzip(lines[2]));
        await File.WriteAllTextAsync(_folder.File("enriched/d.tsv"), lines[3]);

        var (exitCode, output, error) = await SnowplowProcess.FilterAsync(_folder.Path, default, "convert", "enriched");

        exitCode.ShouldBe(0, error);
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("page_urlpath").GetString())
            .ShouldBe(["/0", "/1", "/2", "/3"]);
    }

    // How many bytes of the second member are there (from its end where negative), and what follows it.
    [Theory]
    [InlineData(1, "", "damaged or cut off")]
    [InlineData(5, "", "damaged or cut off")]
    [InlineData(10, "", "damaged or cut off")]
    [InlineData(60, "", "damaged or cut off")]
    [InlineData(-9, "", "damaged or cut off")]
    [InlineData(-1, "", "damaged or cut off")]
    [InlineData(0, "x", "something else")]
    [InlineData(0, "1f", "damaged or cut off")]
    [InlineData(0, "long", "something else")]
    public async Task Convert_WhenAGzipFileIsCutOffOrGoesOnWithSomethingElse_SaysSoAndConvertsTheRest(int bytes, string behind, string message)
    {
        var (_, tsv, _) = await SnowplowProcess.FilterAsync(_folder.Path, Payloads.Lines(Payloads.Line(0), Payloads.Line(1), Payloads.Line(2)), "enrich");
        var lines = tsv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var second = Gzip(lines[1]);
        var part = bytes > 0 ? second[..bytes] : second[..^-bytes];
        byte[] tail = behind switch { "x" => "x"u8.ToArray(), "1f" => [0x1f], "long" => [.. Enumerable.Repeat((byte)7, 100_000)], _ => [] };
        await File.WriteAllBytesAsync(_folder.File("a.tsv.gz"), [.. Gzip(lines[0]), .. part, .. tail]);
        await File.WriteAllBytesAsync(_folder.File("b.tsv.gz"), Gzip(lines[2]));

        var (exitCode, output, error) = await SnowplowProcess.FilterAsync(_folder.Path, default, "convert", "a.tsv.gz", "b.tsv.gz");

        exitCode.ShouldBe(1);
        error.ShouldStartWith("snowplow: a.tsv.gz cannot be read to its end: ");
        error.ShouldContain(message);
        var paths = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("page_urlpath").GetString()).ToList();
        paths.Where(path => path != "/1").ShouldBe(["/0", "/2"]);
    }

    [Fact]
    public async Task Convert_WhenAGzipFileIsPaddedWithZeros_IsContent()
    {
        var (_, tsv, _) = await SnowplowProcess.FilterAsync(_folder.Path, Payloads.Lines(Payloads.Line(0)), "enrich");
        await File.WriteAllBytesAsync(_folder.File("a.tsv.gz"), [.. Gzip(tsv.TrimEnd('\n')), .. new byte[512]]);

        (await SnowplowProcess.FilterAsync(_folder.Path, default, "convert", "a.tsv.gz")).ExitCode.ShouldBe(0);
    }

    [LinuxTheory]
    [InlineData("convert")]
    [InlineData("enrich")]
    public async Task Filter_WhenInterrupted_WritesWhatHasComeAndEndsWith130(string command)
    {
        var line = Payloads.Lines(Payloads.Line(0));
        var input = command == "enrich" ? line.ToArray() : Encoding.UTF8.GetBytes((await SnowplowProcess.FilterAsync(_folder.Path, line, "enrich")).Output);
        await using var process = SnowplowProcess.Start(_folder.Path, command);
        await process.Input.WriteAsync(input);
        await process.Input.FlushAsync();
        (await process.Output.ReadLineAsync())!.ShouldContain("https://example.com/0");

        process.Interrupt();

        var (exitCode, output, error) = await process.EndAsync();
        (exitCode, output, error).ShouldBe((130, "", ""));
    }

    [Fact]
    public async Task Convert_WhenAFileIsNotThere_NamesIt()
    {
        var (exitCode, _, error) = await SnowplowProcess.FilterAsync(_folder.Path, default, "convert", "absent.tsv");

        exitCode.ShouldBe(1);
        error.ShouldBe("snowplow: 'absent.tsv' is neither a file nor a folder.\n");
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] Gzip(string line)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(line + "\n"));
        return packed.ToArray();
    }
}
