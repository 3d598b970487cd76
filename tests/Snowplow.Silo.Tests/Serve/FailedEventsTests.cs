using System.Globalization;
using System.Net;
using System.Text;
using Snowplow.Events.Enriched;
using Snowplow.Silo.Serve;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Tests.Serve;

/// <summary>The switch <c>Enrich:FailedEvents</c>, from the request to the files.</summary>
public sealed class FailedEventsTests : IDisposable
{
    private const string Good = """{"e":"pv","p":"web","tv":"t","eid":"11111111-1111-4111-8111-111111111111"}""";
    private const string BadId = "22222222-2222-4222-8222-222222222222";
    private const string Bad = $$"""{"e":"pv","p":"web","tv":"t","eid":"{{BadId}}","page":"Shop","vid":"none"}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Server_WithFailedEvents_LandsThemBesideTheirBadRowsAndCountsThem()
    {
        var metrics = await RunAsync(new() { ["Enrich:FailedEvents"] = "true" });

        var blobs = new FolderBlobStore(_folder.Path);
        var failed = new List<(string?, string?)>();
        var (good, bad) = (0, "");
        await foreach (var batch in LandedFiles.ReadAllAsync(blobs, CancellationToken.None))
        {
            var events = EnrichedBatch.Parse(await LandedFiles.ReadFailedEventsAsync(blobs, batch, CancellationToken.None));
            good += batch.GoodCount;
            bad += Encoding.UTF8.GetString((await LandedFiles.ReadBadRowsAsync(blobs, batch, CancellationToken.None)).Span);
            failed.AddRange(Enumerable.Range(0, events.Count).Select(i => (events[i].Text(EventField.EventId), events[i].Text(EventField.PageTitle))));
        }

        failed.ShouldBe([(BadId, "Shop")]);
        Sum(metrics, "snowplow_pipeline_failed_total").ShouldBe(1);
        (good, bad.Count('\n')).ShouldBe((1, 1));
        bad.ShouldContain("schema_violations");
    }

    [Fact]
    public async Task Server_ByDefault_LandsBadRowsAlone()
    {
        await RunAsync([]);

        Directory.Exists(_folder.File("bad")).ShouldBeTrue();
        Directory.Exists(_folder.File("failed")).ShouldBeFalse();
    }

    // Serves until a good and a bad event have landed, and returns the metrics of then.
    private async Task<string> RunAsync(Dictionary<string, string?> settings)
    {
        await using var server = Server.Build(new Dictionary<string, string?>(settings) { ["Snowplow:Data"] = _folder.Path, ["urls"] = "http://127.0.0.1:0" });
        await server.StartAsync();
        using var http = new HttpClient { BaseAddress = new Uri(server.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
        using var content = new StringContent(
            $$"""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[{{Good}},{{Bad}}]}""", Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/com.snowplowanalytics.snowplow/tp2", content);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var metrics = await http.GetStringAsync("/metrics", patience.Token);
            if (Sum(metrics, "snowplow_pipeline_bad_total") > 0)
            {
                await server.StopAsync();
                return metrics;
            }

            await Task.Delay(50, patience.Token);
        }
    }

    private static double Sum(string metrics, string name) => metrics.Split('\n')
        .Where(line => line.StartsWith($"{name}{{", StringComparison.Ordinal) || line.StartsWith($"{name} ", StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
