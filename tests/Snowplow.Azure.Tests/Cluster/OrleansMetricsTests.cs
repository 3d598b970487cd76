using System.Text.RegularExpressions;
using Snowplow.Silo.Tests.Metrics.Otlp;

namespace Snowplow.Azure.Tests.Cluster;

/// <summary>What operators see of Orleans itself, at a receiver of OTLP and in <c>/metrics</c>.</summary>
public sealed partial class OrleansMetricsTests() : OnCloud(partitions: 2, minutes: 5)
{
    [Fact]
    public async Task Silo_OfACluster_TellsWhatOrleansMeasuresByOtlpAndInMetrics()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        var settings = Cloud.Settings;
        foreach (var (name, value) in receiver.Environment) settings[name] = value;
        settings["Azure__EventHubs__LiveHub"] = "live";
        Cloud.Silos.Add(new SiloProcess(settings));
        await Cloud.Silos[0].UntilReadyAsync(Stop);
        for (var user = 0; user < 5; user++)
            (await Cloud.Silos[0].PostAsync(Guid.NewGuid().ToString(), $"visitor-{user}", Guid.NewGuid().ToString(), Stop)).ShouldBeTrue();

        var export = await receiver.UntilAsync(export => Activations(export, "user") == 5 && Activations(export, "session") == 5, Stop);

        export.Sum("snowplow.pipeline.good").ShouldBe(5);
        export.Sum("orleans-catalog-activation-created").ShouldBeGreaterThan(10);
        export.Sum("orleans-app-requests-latency").ShouldBeGreaterThan(10);
        export.Sum("orleans-directory-registrations-single-act-issued").ShouldBeGreaterThan(10);
        string[] samples = [.. (await Cloud.Silos[0].GetAsync("metrics", Stop)).Text.Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
        samples.ShouldContain("orleans_grains{grain_type=\"user\"} 5");
        samples.ShouldContain("orleans_grains{grain_type=\"partition\"} 2");
        samples.ShouldContain(line => line.StartsWith("orleans_app_requests_latency_milliseconds_bucket", StringComparison.Ordinal));
        samples.ShouldAllBe(line => Sample().IsMatch(line));
        samples.Select(line => line[..line.LastIndexOf(' ')]).ShouldBeUnique();
    }

    [GeneratedRegex("""^[a-zA-Z_][a-zA-Z0-9_]*(\{[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*"(,[a-zA-Z_][a-zA-Z0-9_]*="([^"\\]|\\.)*")*\})? \S+$""")]
    private static partial Regex Sample();

    private static double Activations(OtlpMetrics export, string type) =>
        export.Metrics.Where(metric => metric is { Scope: "Microsoft.Orleans", Name: "orleans-catalog-activations" })
            .SelectMany(metric => metric.Points).Where(point => point.Tags["grain_type"] == type).Sum(point => point.Value);
}
