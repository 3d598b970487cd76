using Snowplow.Silo.CommandLine;
using Snowplow.Silo.Serve;
using Snowplow.Silo.Simulate;

namespace Snowplow.Silo.Tests.CommandLine;

public sealed class SnowplowCommandTests
{
    [Theory]
    [InlineData("", "serve")]
    [InlineData("--data x", "serve")]
    [InlineData("--Collector:Cookie:Name=id", "serve")]
    [InlineData("serve --roles collector", "serve")]
    [InlineData("simulate --users 3", "simulate")]
    [InlineData("version", "version")]
    [InlineData("enrich --from thrift --to json --failed f --iglu a --iglu b --Enrich:MaxEventBytes=9", "enrich")]
    [InlineData("convert --to json a.tsv b.tsv.gz", "convert")]
    [InlineData("lint-event payload.json --Iglu:CacheSize=1", "lint-event")]
    [InlineData("replay data/bad --dry-run", "replay")]
    [InlineData("check-config --enrichments e", "check-config")]
    public void Parse_WhenArgumentsAre_ChoosesTheCommand(string line, string command)
    {
        var result = SnowplowCommand.Parse(Split(line));

        result.Errors.ShouldBeEmpty();
        result.CommandResult.Command.Name.ShouldBe(command);
    }

    [Theory]
    [InlineData("nonsense", "nonsense")]
    [InlineData("serve --dta x", "--dta")]
    [InlineData("serve stray", "stray")]
    [InlineData("enrich --from avro", "avro")]
    [InlineData("enrich stray", "'stray' is no option of 'snowplow enrich'")]
    [InlineData("enrich --bad x --failed ./x", "--bad and --failed must be different files")]
    [InlineData("convert --to tsv", "--to must be json")]
    [InlineData("lint-event --bogus", "'--bogus' is no option of 'snowplow lint-event'")]
    [InlineData("replay x", "either --output FOLDER or --dry-run")]
    [InlineData("replay x --dry-run --output y", "either --output FOLDER or --dry-run")]
    [InlineData("replay x --dry-run --from yesterday", "--from must be a time such as 2026-11-01")]
    [InlineData("--=x", "--=x")]
    [InlineData("simulate --rate fast", "--rate must be a number of at least 0, not 'fast'")]
    [InlineData("simulate --rate -1", "--rate must be a number of at least 0")]
    [InlineData("simulate --users 0", "--users must be a number of at least 1")]
    [InlineData("simulate --events 0", "--events must be a number of at least 1")]
    [InlineData("simulate --duration 5", "--duration must be a time such as")]
    [InlineData("simulate --duration -5s", "--duration")]
    [InlineData("simulate --collector localhost:8080", "--collector must be an http or https address")]
    [InlineData("simulate --method put", "put")]
    [InlineData("simulate --app-id a\"b", "--app-id must be of letters")]
    public void Parse_WhenArgumentsMakeNoSense_NamesWhatIsWrong(string line, string message) =>
        SnowplowCommand.Parse(Split(line)).Errors.ShouldContain(error => error.Message.Contains(message));

    [Fact]
    public void Parse_WhenSimulateHasAllOptions_GivesThemToTheRun()
    {
        var result = SnowplowCommand.Parse(Split(
            "simulate --collector https://c.example --users 5 --rate 2.5 --duration 90s --seed 9 --batch 3 --connections 4 --method GET "
            + "--app-id x --retries 2 --acknowledged a.txt --sent s.txt"));

        result.Errors.ShouldBeEmpty();
        SimulateCommand.Config(result).ShouldBe(new SimulateConfig
        {
            Collector = new Uri("https://c.example"), Users = 5, Rate = 2.5, Duration = TimeSpan.FromSeconds(90), Seed = 9, Batch = 3, Connections = 4,
            Method = RequestMethods.Get, AppId = "x", Retries = 2, AcknowledgedFile = "a.txt", SentFile = "s.txt",
        });
    }

    [Theory]
    [InlineData("simulate", 60.0, null, 30_000)]
    [InlineData("simulate --events 70", null, 70L, 70)]
    [InlineData("simulate --events 70 --duration 2s", 2.0, 70L, 70)]
    [InlineData("simulate --rate 0 --duration 2s", 2.0, null, long.MaxValue)]
    public void Config_WhenEventsOrDurationAreGiven_LimitsTheRun(string line, double? seconds, long? events, long limit)
    {
        var config = SimulateCommand.Config(SnowplowCommand.Parse(Split(line)));

        config.Duration.ShouldBe(seconds is { } number ? TimeSpan.FromSeconds(number) : null);
        config.Events.ShouldBe(events);
        config.EventLimit.ShouldBe(limit);
    }

    [Fact]
    public void Settings_WhenOptionsAndSettingsAreGiven_BecomeConfiguration()
    {
        var result = SnowplowCommand.Parse(Split("--data d --urls http://localhost:1 --Collector:Cookie:Name=a=b --Snowplow:Data=ignored"));

        ServeCommand.Settings(result).ShouldBe(
            new Dictionary<string, string?> { ["Collector:Cookie:Name"] = "a=b", ["Snowplow:Data"] = "d", ["urls"] = "http://localhost:1" },
            ignoreOrder: true);
    }

    [Theory]
    [InlineData("500ms", 0.5)]
    [InlineData("1.5s", 1.5)]
    [InlineData("2m", 120)]
    [InlineData("1h", 3600)]
    [InlineData("00:01:30", 90)]
    public void TryParse_WhenDurationIsWritten_ReadsIt(string text, double seconds)
    {
        DurationText.TryParse(text, out var duration).ShouldBeTrue();
        duration.TotalSeconds.ShouldBe(seconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("0s")]
    [InlineData("5")]
    [InlineData("5 s")]
    [InlineData("-1s")]
    [InlineData("1d")]
    [InlineData("1.2.3s")]
    [InlineData("99999999999h")]
    public void TryParse_WhenTextIsNoDuration_Refuses(string text) => DurationText.TryParse(text, out _).ShouldBeFalse();

    private static string[] Split(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
