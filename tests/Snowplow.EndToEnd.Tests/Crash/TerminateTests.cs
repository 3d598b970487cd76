using System.Net;
using Snowplow.EndToEnd.Tests.Harness;

namespace Snowplow.EndToEnd.Tests.Crash;

/// <summary>SIGTERM, as a container platform sends it: readiness says no first, and requests are served until the end.</summary>
public sealed class TerminateTests : IDisposable
{
    private readonly DataFolder _data = new();

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Executable_WhenTerminated_ServesForThePreTerminationPeriodAndLandsWhatItTook()
    {
        var settings = new Settings { Collector = new Dictionary<string, string> { ["PreTerminationPeriod"] = "00:00:05" } };
        await using var snowplow = await SnowplowProcess.StartAsync(_data, SnowplowProcess.FreeAddress(), settings);
        (await StatusAsync(snowplow, "i?e=pv&p=web&tv=test&aid=before")).ShouldBe(HttpStatusCode.OK);

        snowplow.Terminate();
        await Eventually.HappensAsync(
            "GET /ready answers 503",
            async () => await StatusAsync(snowplow, "ready") == HttpStatusCode.ServiceUnavailable ? "so" : null,
            () => snowplow.Output);
        (await StatusAsync(snowplow, "health")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(snowplow, "i?e=pv&p=web&tv=test&aid=meanwhile")).ShouldBe(HttpStatusCode.OK);

        (await snowplow.ExitedAsync()).ShouldBe(0, snowplow.Output);
        _data.EnrichedEvents().Select(e => e["app_id"]).ShouldBe(["before", "meanwhile"], ignoreOrder: true);
    }

    private static async Task<HttpStatusCode> StatusAsync(SnowplowProcess snowplow, string path)
    {
        using var answer = await snowplow.Http.GetAsync(new Uri(path, UriKind.Relative));
        return answer.StatusCode;
    }
}
