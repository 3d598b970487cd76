using System.Net;
using System.Text.Json;
using Snowplow.Silo.Tests.Simulate;

namespace Snowplow.Silo.Tests;

public sealed class SnowplowProcessTests
{
    [LinuxFact]
    public async Task Simulate_WhenItSends_HasNotLoadedAspNet()
    {
        await using var collector = await RecordingCollector.StartAsync();
        using var folder = new TemporaryFolder();
        var maps = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        collector.Answer = async _ =>
        {
            maps.TrySetResult(await File.ReadAllTextAsync($"/proc/{await id.Task}/maps"));
            return 200;
        };

        await using var process = SnowplowProcess.Start(
            folder.Path, "simulate", "--collector", collector.Address.ToString(), "--events", "5", "--rate", "0", "--report", "json");
        id.SetResult(process.Id);
        var (exitCode, output, _) = await process.EndAsync();

        exitCode.ShouldBe(0);
        JsonDocument.Parse(output).RootElement.GetProperty("acknowledged").GetInt64().ShouldBe(5);
        var loaded = await maps.Task;
        loaded.ShouldContain("System.Net.Http.dll");
        loaded.ShouldNotContain("AspNetCore");
    }

    [LinuxFact]
    public async Task Simulate_WhenInterrupted_ReportsWhatItSent()
    {
        await using var collector = await RecordingCollector.StartAsync();
        using var folder = new TemporaryFolder();
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        collector.Answer = _ =>
        {
            came.TrySetResult();
            return Task.FromResult(200);
        };

        await using var process = SnowplowProcess.Start(
            folder.Path, "simulate", "--collector", collector.Address.ToString(), "--rate", "100", "--duration", "1h");
        await came.Task;
        process.Interrupt();
        var (_, output, _) = await process.EndAsync();

        output.ShouldContain("acknowledged");
        output.ShouldContain("failed        0");
    }

    [Theory]
    [InlineData(200, 200, 0, "ready")]
    [InlineData(503, 200, 1, "not ready (503)")]
    [InlineData(404, 200, 0, "ready")]
    [InlineData(404, 404, 1, "not ready (404)")]
    public async Task Ready_WhenTheServerAnswers_SaysSoByItsExitCode(int ready, int health, int exitCode, string said)
    {
        await using var server = await RecordingCollector.StartAsync();
        server.Answer = request => Task.FromResult(request.Path == "/ready" ? ready : health);
        using var folder = new TemporaryFolder();
        await using var process = SnowplowProcess.Start(folder.Path, "ready", "--url", server.Address.ToString());

        var (code, output, _) = await process.EndAsync();

        output.Trim().ShouldBe(said);
        code.ShouldBe(exitCode);
    }

    [Fact]
    public async Task Ready_WhenNobodyAnswers_Fails()
    {
        using var folder = new TemporaryFolder();
        await using var process = SnowplowProcess.Start(folder.Path, "ready", "--url", "http://127.0.0.1:9");

        var (code, _, error) = await process.EndAsync();

        error.ShouldStartWith("snowplow: The server http://127.0.0.1:9/ does not answer:");
        code.ShouldBe(1);
    }

    [Theory]
    [InlineData("bogus", 2, "'bogus' is no command of snowplow. Commands are serve, enrich, convert, lint-event, replay, remodel, rebuild, forget, purge, query, export, ingest, check-config, ready, simulate, version.\nSee 'snowplow --help'.\n")]
    [InlineData("--bogus", 2, "'--bogus' is no option of 'snowplow serve'")]
    [InlineData("simulate --rate x", 2, "--rate must be a number")]
    [InlineData("--roles reporter", 1, "snowplow: 'reporter' is no role")]
    public async Task Snowplow_WhenArgumentsAreWrong_SaysSoOnStandardError(string line, int exitCode, string message)
    {
        using var folder = new TemporaryFolder();
        await using var process = SnowplowProcess.Start(folder.Path, line.Split(' '));

        var (code, output, error) = await process.EndAsync();

        code.ShouldBe(exitCode);
        error.ReplaceLineEndings("\n").ShouldStartWith(message);
        output.ShouldBeEmpty();
    }

    [LinuxFact]
    public async Task Serve_WhenStartedInAnyFolder_KeepsDataThereServesThePageAndEndsCleanly()
    {
        using var folder = new TemporaryFolder();
        await using var process = SnowplowProcess.Start(folder.Path, "--urls", "http://127.0.0.1:0");
        var address = await process.AddressAsync();
        using var http = new HttpClient { BaseAddress = new Uri(address) };

        var page = await http.GetStringAsync("/");
        page.ShouldContain("<title>Snowplow live</title>");
        var script = System.Text.RegularExpressions.Regex.Match(page, "src=\"(/[^\"]+\\.js)\"").Groups[1].Value;
        using var scriptAnswer = await http.GetAsync(script);
        scriptAnswer.StatusCode.ShouldBe(HttpStatusCode.OK);
        scriptAnswer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        (await http.GetStringAsync("/metrics")).ShouldContain("# TYPE ");
        File.Exists(folder.File("data/snowplow.lock")).ShouldBeTrue();

        await using (var second = SnowplowProcess.Start(folder.Path, "--urls", "http://127.0.0.1:0"))
        {
            var (code, _, error) = await second.EndAsync();
            code.ShouldBe(1);
            error.ShouldContain("in use");
        }

        process.Interrupt();
        (await process.EndAsync()).ExitCode.ShouldBe(0);
    }

    [LinuxFact]
    public async Task Serve_WhenOthersCanReachIt_AsksForTheKeyItPrintsOnce()
    {
        using var folder = new TemporaryFolder();
        await using var process = SnowplowProcess.Start(folder.Path, "--urls", "http://0.0.0.0:0");
        var told = new Uri(await process.AddressAsync());
        told.Host.ShouldBe(Environment.MachineName.ToLowerInvariant());
        var address = $"http://127.0.0.1:{told.Port}";
        var key = (await File.ReadAllTextAsync(folder.File("data/api-key"))).Trim();
        using var http = new HttpClient { BaseAddress = new Uri(address) };

        foreach (var page in (string[])["/", "/query"])
        {
            using var refused = await http.GetAsync(page);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        http.DefaultRequestHeaders.Add("X-Api-Key", key);
        (await http.GetStringAsync("/")).ShouldContain("<title>Snowplow live</title>");
        (await http.GetStringAsync("/query")).ShouldContain("<title>Snowplow query</title>");

        process.Interrupt();
        (await process.EndAsync()).Output.ShouldContain(key);
        await using var again = SnowplowProcess.Start(folder.Path, "--urls", "http://0.0.0.0:0");
        await again.AddressAsync();
        again.Interrupt();
        var (_, output, _) = await again.EndAsync();
        output.ShouldContain(folder.File("data/api-key"));
        output.ShouldNotContain(key);
    }
}
