using System.Globalization;
using Snowplow.Silo.Tests.Metrics.Otlp;

namespace Snowplow.Silo.Tests.Metrics;

/// <summary>What a receiver of OTLP gets from the real program, and what the program does without one.</summary>
public sealed class OtlpExportTests : IDisposable
{
    private const string Events = """{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{"e":"pv","p":"web","tv":"t"},{"e":"pp","p":"web","tv":"t"},{"e":"pv","p":"web","tv":"t"}]}""";

    private readonly CancellationTokenSource _patience = new(TimeSpan.FromMinutes(2));
    private readonly TemporaryFolder _folder = new();

    private CancellationToken Stop => _patience.Token;

    public void Dispose()
    {
        _folder.Dispose();
        _patience.Dispose();
    }

    [LinuxFact]
    public async Task Export_OfAServer_HasWhatTheServerTheWebServerAndTheRuntimeMeasure()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var process = Serve(receiver.Environment);
        using var http = new HttpClient { BaseAddress = new Uri(await process.AddressAsync()) };
        await PostAsync(http);

        var export = await receiver.UntilAsync(export => export.Sum("snowplow.pipeline.good") > 0, Stop);

        export.Sum("snowplow.pipeline.good").ShouldBe(3);
        export.Sum("snowplow.collector.requests").ShouldBe(1);
        export.Sum("kestrel.active_connections").ShouldBeGreaterThan(0);
        export.Sum("dotnet.process.memory.working_set").ShouldBeGreaterThan(0);
        // Half a millisecond and a minute are told apart: OpenTelemetry's own bounds take every histogram for milliseconds.
        export.Metrics.Single(metric => metric.Name == "snowplow.collector.append.duration").Points.Single().Bounds[0].ShouldBe(0.001);
        export.Scopes.ShouldAllBe(scope => scope.StartsWith("Snowplow.", StringComparison.Ordinal) || scope == "System.Runtime" || scope == "Microsoft.AspNetCore.Server.Kestrel");
    }

    [LinuxFact]
    public async Task Export_ThatIsTheLast_HasWhatWasCountedSinceTheOneBefore()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var process = Serve(receiver.Environment, ("OTEL_METRIC_EXPORT_INTERVAL", "3600000"));
        using (var http = new HttpClient { BaseAddress = new Uri(await process.AddressAsync()) }) await PostAsync(http);

        process.Interrupt();

        (await process.EndAsync()).ExitCode.ShouldBe(0);
        (await receiver.UntilAsync(_ => true, Stop)).Sum("snowplow.pipeline.good").ShouldBe(3);
    }

    [LinuxFact]
    public async Task Export_ByDefault_IsOfTheServiceSnowplowAndNamesTheProcess()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var process = Serve(receiver.Environment);

        var resource = (await receiver.UntilAsync(_ => true, Stop)).Resource;

        resource["service.name"].ShouldBe("snowplow");
        resource["service.version"].ShouldStartWith("0.");
        resource["service.instance.id"].ShouldBe(string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}:{process.Id}"));
    }

    [LinuxFact]
    public async Task Export_WhereTheEnvironmentNamesTheService_HasThatName()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var process = Serve(receiver.Environment, ("OTEL_SERVICE_NAME", "shop-events"), ("OTEL_RESOURCE_ATTRIBUTES", "service.instance.id=one,deployment.environment.name=test"));

        var resource = (await receiver.UntilAsync(_ => true, Stop)).Resource;

        resource["service.name"].ShouldBe("shop-events");
        resource["service.instance.id"].ShouldBe("one");
        resource["deployment.environment.name"].ShouldBe("test");
    }

    [LinuxTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Server_WhoseReceiverRefusesOrIsSilent_TakesEventsEndsCleanlyAndDoesNotLogIt(bool refuses)
    {
        await using var receiver = await (refuses ? OtlpReceiver.StartRefusingAsync() : OtlpReceiver.StartSilentAsync());
        await TakesEventsAndEndsCleanlyAsync(receiver.Environment, async () =>
        {
            await receiver.AttemptedAsync(Stop);
            if (refuses) await receiver.AttemptedAsync(Stop);
        });
    }

    [LinuxFact]
    public async Task Server_WhoseReceiverIsAway_TakesEventsEndsCleanlyAndDoesNotLogIt()
    {
        IReadOnlyDictionary<string, string> environment;
        await using (var receiver = await OtlpReceiver.StartAsync()) environment = receiver.Environment;

        await TakesEventsAndEndsCleanlyAsync(environment, () => Task.CompletedTask);
    }

    private async Task TakesEventsAndEndsCleanlyAsync(IReadOnlyDictionary<string, string> environment, Func<Task> attempted)
    {
        await using var process = Serve(environment);
        using var http = new HttpClient { BaseAddress = new Uri(await process.AddressAsync()) };
        await attempted();
        await PostAsync(http);
        process.Interrupt();

        var (exitCode, output, error) = await process.EndAsync();
        exitCode.ShouldBe(0);
        (output + error).ShouldNotContain("otlp", Case.Insensitive);
        (output + error).ShouldNotContain(new Uri(environment["OTEL_EXPORTER_OTLP_ENDPOINT"]).Authority);
    }

    private SnowplowProcess Serve(IReadOnlyDictionary<string, string> receiver, params (string Name, string Value)[] others)
    {
        var environment = new Dictionary<string, string>(receiver);
        foreach (var (name, value) in others) environment[name] = value;
        return SnowplowProcess.Start(_folder.Path, environment, "--urls", "http://127.0.0.1:0");
    }

    private async Task PostAsync(HttpClient http)
    {
        using var content = new StringContent(Events, System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("/com.snowplowanalytics.snowplow/tp2", content, Stop);
        answer.EnsureSuccessStatusCode();
    }
}
