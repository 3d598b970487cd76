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

        static byte[] Gzip(string line)
        {
            var packed = new MemoryStream();
            using (var gzip = new GZipStream(packed, CompressionLevel.Optimal)) gzip.Write(Encoding.UTF8.GetBytes(line + "\n"));
            return packed.ToArray();
        }
    }

    [Fact]
    public async Task Convert_WhenAFileIsNotThere_NamesIt()
    {
        var (exitCode, _, error) = await SnowplowProcess.FilterAsync(_folder.Path, default, "convert", "absent.tsv");

        exitCode.ShouldBe(1);
        error.ShouldBe("snowplow: 'absent.tsv' is neither a file nor a folder.\n");
    }

    public void Dispose() => _folder.Dispose();
}
