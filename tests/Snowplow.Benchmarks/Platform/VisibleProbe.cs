using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Snowplow.Benchmarks.Platform;

/// <summary>Sends single page views of new sessions and asks for each until it is there.</summary>
internal static class VisibleProbe
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(5);

    /// <summary>Whether the live API knows a session.</summary>
    public static async Task<bool> IsLiveAsync(HttpClient http, Guid session)
    {
        using var seen = await http.GetAsync(new Uri($"api/sessions/{session}", UriKind.Relative));
        return seen.StatusCode == HttpStatusCode.OK;
    }

    /// <summary>Whether a query finds a session's event and its row.</summary>
    public static async Task<bool> IsQueryableAsync(HttpClient http, Guid session)
    {
        var query = $"events | where domain_sessionid == '{session}' | join kind=inner sessions on $left.domain_sessionid == $right.session_identifier | count";
        using var answer = await http.PostAsJsonAsync(new Uri("v1/rest/query", UriKind.Relative), new { db = "snowplow", csl = query });
        var tables = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return tables.GetProperty("Tables")[0].GetProperty("Rows")[0][0].GetInt64() == 1;
    }

    /// <summary>Probes until told to stop; returns the percentiles as text.</summary>
    public static async Task<string> RunAsync(Uri server, Func<HttpClient, Guid, Task<bool>> isThere, CancellationToken end)
    {
        using var http = new HttpClient { BaseAddress = server };
        var latencies = new List<double>();
        while (!end.IsCancellationRequested)
        {
            latencies.Add(await ProbeAsync(http, isThere));
            await Task.Delay(Pause, CancellationToken.None);
        }

        latencies.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {At(latencies, 0.5):F0} ms, p90 {At(latencies, 0.9):F0} ms, p99 {At(latencies, 0.99):F0} ms, max {latencies[^1]:F0} ms, {latencies.Count} probes");
    }

    private static async Task<double> ProbeAsync(HttpClient http, Func<HttpClient, Guid, Task<bool>> isThere)
    {
        var session = Guid.NewGuid();
        var clock = Stopwatch.StartNew();
        using var sent = await http.GetAsync(new Uri($"i?e=pv&p=web&tv=probe&aid=probe&eid={Guid.NewGuid()}&sid={session}&duid={Guid.NewGuid()}&url=http%3A%2F%2Fprobe.example%2F", UriKind.Relative));
        sent.EnsureSuccessStatusCode();
        while (!await isThere(http, session)) await Task.Delay(AskEvery);
        return clock.Elapsed.TotalMilliseconds;
    }

    private static double At(List<double> sorted, double percentile) => sorted[(int)Math.Min(sorted.Count - 1, percentile * sorted.Count)];
}
