using System.Text;
using System.Text.Json;

namespace Snowplow.Silo.Tests.Lint;

public sealed class LintCommandTests : IDisposable
{
    private const string Item = """{"e":"pv","p":"web","tv":"js-4.0.0","url":"https://example.com/?a=b","res":"1x2"}""";
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("a POST body", $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{{Item}}]}""")]
    [InlineData("an event", Item)]
    [InlineData("a list of events", $"[{Item}]")]
    [InlineData("a query string", "e=pv&p=web&tv=js-4.0.0&url=https://example.com/?a=b&res=1x2")]
    [InlineData("the address of a GET", "https://collector.example.com/i?e=pv&p=web&tv=js-4.0.0&url=https%3A%2F%2Fexample.com%2F%3Fa%3Db&res=1x2")]
    [InlineData("a collector payload", """{"timestamp":1772366400000,"collector":"c","path":"/i","querystring":"e=pv&p=web&tv=js-4.0.0&url=https%3A%2F%2Fexample.com%2F%3Fa%3Db&res=1x2"}""")]
    public async Task LintEvent_WhenPayloadIsGood_SaysWhatBecomesOfEachParameter(string kind, string text)
    {
        var (exitCode, report) = await LintAsync(text);

        exitCode.ShouldBe(0);
        report.GetProperty("input").GetString().ShouldBe(kind);
        report.GetProperty("isGood").GetBoolean().ShouldBeTrue();
        var linted = report.GetProperty("events")[0];
        var parameters = linted.GetProperty("parameters").EnumerateArray().ToDictionary(
            parameter => parameter.GetProperty("name").GetString()!,
            parameter => $"{parameter.GetProperty("column").GetString()} = {parameter.GetProperty("became").GetString()}");
        parameters["e"].ShouldBe("event = page_view");
        parameters["url"].ShouldBe("page_url = https://example.com/?a=b");
        parameters["res"].ShouldBe("dvce_screenwidth, dvce_screenheight = 1, 2");
        linted.GetProperty("enrichments").EnumerateArray().ShouldContain(change =>
            change.GetProperty("column").GetString() == "page_urlhost" && change.GetProperty("value").GetString() == "example.com");
        linted.GetProperty("columns").GetProperty("event_name").GetString().ShouldBe("page_view");
    }

    [Theory]
    [InlineData("e=pv&p=web&tv=x&vid=abc", "schema_violations", "Not a 32-bit integer", "Correct the parameter")]
    [InlineData("""{"schema":"iglu:com.acme/thing/jsonschema/1-0-0","data":{}}""", "schema_violations", "schema not found in", "--iglu FOLDER")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[""", "tracker_protocol_violations", "", "tracker protocol")]
    [InlineData("https://collector.example.com/com.nobody/v1?a=b", "adapter_failures", "combination is not supported", "Use a path")]
    public async Task LintEvent_WhenPayloadIsBad_SaysWhyAndWhatToDo(string text, string badRow, string message, string advice)
    {
        var (exitCode, report) = await LintAsync(text);

        exitCode.ShouldBe(1);
        var problems = report.GetProperty("problems").EnumerateArray()
            .Concat(report.GetProperty("events").EnumerateArray().SelectMany(e => e.GetProperty("problems").EnumerateArray())).ToList();
        problems[0].GetProperty("badRow").GetString().ShouldBe(badRow);
        problems[0].GetProperty("message").GetString()!.ShouldContain(message);
        problems[0].GetProperty("advice").GetString()!.ShouldContain(advice);
    }

    [Theory]
    [InlineData("1-0-7")]
    [InlineData("2-0-0")]
    public async Task LintEvent_WhenOnlyTheVersionIsNotThere_NamesThoseThatAre(string version)
    {
        var schemas = Directory.CreateDirectory(_folder.File("registry/schemas/com.acme/thing/jsonschema")).FullName;
        foreach (var known in (string[])["1-0-0", "1-0-1"])
            await File.WriteAllTextAsync(
                Path.Combine(schemas, known), $$$"""{"self":{"vendor":"com.acme","name":"thing","format":"jsonschema","version":"{{{known}}}"},"type":"object"}""");

        var (exitCode, report) = await LintAsync($$$"""{"schema":"iglu:com.acme/thing/jsonschema/{{{version}}}","data":{}}""", "--iglu", "registry");

        exitCode.ShouldBe(1);
        report.GetProperty("events")[0].GetProperty("problems")[0].GetProperty("advice").GetString()!.ShouldStartWith("Known versions: 1-0-0, 1-0-1.");
    }

    [Fact]
    public async Task LintEvent_WhenOutputIsNoTerminal_WritesPlainColumns()
    {
        await File.WriteAllTextAsync(_folder.File("event.json"), Item);

        var (exitCode, output, error) = await SnowplowProcess.FilterAsync(_folder.Path, default, "lint-event", "event.json");

        exitCode.ShouldBe(0, error);
        output.ShouldStartWith("Taken for an event.\n");
        output.ShouldContain("  e          pv                        event");
        output.ShouldEndWith("good\n");
    }

    [Fact]
    public async Task LintEvent_WhenInputIsNothing_SaysWhatToGive()
    {
        var (exitCode, _, error) = await SnowplowProcess.FilterAsync(_folder.Path, "hello"u8.ToArray(), "lint-event");

        exitCode.ShouldBe(1);
        error.ShouldContain("neither JSON nor a query string");
    }

    public void Dispose() => _folder.Dispose();

    private async Task<(int ExitCode, JsonElement Report)> LintAsync(string text, params string[] arguments)
    {
        var (exitCode, output, error) = await SnowplowProcess.FilterAsync(_folder.Path, Encoding.UTF8.GetBytes(text), ["lint-event", "--json", .. arguments]);
        error.ShouldBeEmpty();
        return (exitCode, JsonDocument.Parse(output).RootElement);
    }
}
