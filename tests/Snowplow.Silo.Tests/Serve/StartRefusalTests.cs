using System.Net;
using System.Net.Sockets;

namespace Snowplow.Silo.Tests.Serve;

/// <summary>What the real program says and returns when it cannot start: one line on standard error, exit code 1.</summary>
public sealed class StartRefusalTests
{
    [Fact]
    public async Task Serve_WhenTheAddressIsTaken_SaysSoInOneLine()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = $"http://{taken.LocalEndpoint}";

        var line = await RefusalAsync("--urls", address);

        line.ShouldContain(address);
        line.ShouldContain("already in use");
        line.ShouldContain("--urls");
    }

    [Theory]
    [InlineData("--Collector:MaxBodyBites=5", "Collector:MaxBodyBites is no setting", "MaxBodyBytes")]
    [InlineData("--Collector:MaxBodyBytes=abc", "Collector:MaxBodyBytes must be a number", "'abc'")]
    [InlineData("--Collector:MaxBodyBytes=-1", "Collector:MaxBodyBytes must be 1 to", "-1")]
    [InlineData("--Collector:Cookie:Domian=x", "Collector:Cookie:Domian is no setting", "Domains")]
    [InlineData("--Collector:Cookie=x", "Collector:Cookie takes no value", "'x'")]
    [InlineData("--Collector:Cookie:Secure=perhaps", "Collector:Cookie:Secure must be true or false", "'perhaps'")]
    [InlineData("--Snowplow:Datta=x", "Snowplow:Datta is no setting", "Data")]
    [InlineData("--Snowplow:ApiKey=short", "Snowplow:ApiKey", "16")]
    [InlineData("--Pipeline:Landing:RollBytes=0", "Pipeline:Landing:RollBytes must be more than zero", "0")]
    [InlineData("--Pipeline:Landing:CompressionLevel=hard", "Pipeline:Landing:CompressionLevel must be one of", "Fastest")]
    [InlineData("--Pipeline:CheckpointInterval=1", "Pipeline:CheckpointInterval must be a time", "hh:mm:ss")]
    [InlineData("--Pipeline:RetryMax=1.00:00:00", "Pipeline:RetryMax must be", "01:00:00 (hh:mm:ss)")]
    [InlineData("--Enrich:OverlongText=perhaps", "Enrich:OverlongText must be one of", "Reject")]
    [InlineData("--Enrich:AtomicFieldLimits:page_url=long", "Enrich:AtomicFieldLimits:page_url must be a number", "'long'")]
    [InlineData("--Enrich:AtomicFieldLimits:pageurl=5", "Enrich:AtomicFieldLimits:pageurl: there is no field of this name", "page_url")]
    [InlineData("--Enrich:Processor:Version=new", "Enrich:Processor:Version must begin with MAJOR.MINOR.PATCH", "'new'")]
    [InlineData("--Iglu:Resolver=resolver.json", "Iglu:Resolver: resolver.json: cannot be read", "resolver.json")]
    [InlineData("--Interventions:Webhooks:crm:Url=crm.example", "Interventions:Webhooks:crm:Url must be an address", "crm.example")]
    [InlineData("--Interventions:Webhooks:crm:Secret=short", "Interventions:Webhooks:crm:Secret must have at least 16 characters", "openssl")]
    [InlineData("--Interventions:Webhooks:a.b:Secret=short", "Interventions:Webhooks:a.b has no name for a file", "letters")]
    [InlineData("--Interventions:Webhooks:crm:Interventions:0=none", "names no intervention of the model rules: 'none'", "there are none")]
    [InlineData("--RawStream:Partitions=0", "RawStream:Partitions must be 1 to 256", "0")]
    [InlineData("--urls=nonsense", "'nonsense' is no address", "http://HOST:PORT")]
    [InlineData("--urls=http://localhost:99999", "'http://localhost:99999' is no address", "65535")]
    [InlineData("--Kestrel:Endpoints:Http:Url=nonsense", "cannot start as it is configured", "nonsense")]
    [InlineData("--Logging:LogLevel:Default=loud", "cannot start as it is configured", "loud")]
    [InlineData("--Snowplow:Data=", "--data", "folder")]
    [InlineData("--data ", "--data", "folder")]
    public async Task Serve_WhenASettingIsWrong_NamesIt(string setting, string message, string detail)
    {
        var line = await RefusalAsync(setting.Split(' '));

        line.ShouldContain(message);
        line.ShouldContain(detail);
    }

    [Fact]
    public async Task Serve_WhenRegistriesAreWrong_NamesAllAtOnceWithWhatElseIs()
    {
        var line = await RefusalAsync(
            "--Iglu:Registries:0:Uri=notauri", "--Iglu:Registries:1:Name=typo", "--Iglu:Registries:1:Fodler=x",
            "--Iglu:Registries:2:Name=gone", "--Iglu:Registries:2:Folder=not/there", "--Collector:MaxBodyBytes=0");

        foreach (var message in (string[])
            [
                "Iglu:Registries:0: A registry has no name.", "'notauri', which is no http or https address",
                "Iglu:Registries:1:Fodler is no setting", "'typo' must have either a folder or a URI",
                "The folder 'not/there' of registry 'gone'", "Collector:MaxBodyBytes must be",
            ])
        {
            line.ShouldContain(message);
        }
    }

    [Fact]
    public async Task Serve_WhenAppsettingsAreNoJson_SaysWhichFileAndWhere()
    {
        var line = await RefusalAsync(folder => File.WriteAllText(folder.File("appsettings.json"), "{ \"Snowplow\": "));

        line.ShouldContain("appsettings.json");
        line.ShouldContain("LineNumber");
    }

    [Fact]
    public async Task Serve_WhenTheLogHasAnotherNumberOfPartitions_NamesBoth()
    {
        var line = await RefusalAsync(
            folder =>
            {
                Directory.CreateDirectory(folder.File("data/raw"));
                File.WriteAllText(folder.File("data/raw/manifest.json"), """{"format":1,"identity":"0123456789abcdef","partitions":8}""");
            },
            "--RawStream:Partitions=4");

        line.ShouldContain("8 partitions");
        line.ShouldContain("RawStream:Partitions is 4");
    }

    private static Task<string> RefusalAsync(params string[] arguments) => RefusalAsync(_ => { }, arguments);

    private static async Task<string> RefusalAsync(Action<TemporaryFolder> prepare, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        prepare(folder);
        string[] address = arguments.Any(argument => argument.StartsWith("--urls", StringComparison.Ordinal)) ? [] : ["--urls", "http://127.0.0.1:0"];
        await using var process = SnowplowProcess.Start(folder.Path, [.. address, .. arguments]);

        var (exitCode, output, error) = await process.EndAsync();

        exitCode.ShouldBe(1, error);
        output.ShouldBeEmpty();
        var lines = error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(1, error);
        lines[0].ShouldStartWith("snowplow: ");
        return lines[0];
    }
}
