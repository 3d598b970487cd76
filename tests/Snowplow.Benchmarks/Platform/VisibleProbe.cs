using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Snowplow.Benchmarks.Platform;

/// <summary>Sends single page views of new sessions and asks the live API for each until it answers.</summary>
internal static class VisibleProbe
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(5);

    /// <summary>Probes until told to stop; returns the percentiles as text.</summary>
    public static async Task<string> RunAsync(Uri server, CancellationToken end)
    {
        using var http = new HttpClient { BaseAddress = server };
        var latencies = new List<double>();
        while (!end.IsCancellationRequested)
        {
            latencies.Add(await ProbeAsync(http));
            await Task.Delay(Pause, CancellationToken.None);
        }

        latencies.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {At(latencies, 0.5):F0} ms, p90 {At(latencies, 0.9):F0} ms, p99 {At(latencies, 0.99):F0} ms, max {latencies[^1]:F0} ms, {latencies.Count} probes");
    }

    private static async Task<double> ProbeAsync(HttpClient http)
    {
        var session = Guid.NewGuid();
        var clock = Stopwatch.StartNew();
        using var sent = await http.GetAsync(new Uri($"i?e=pv&p=web&tv=probe&aid=probe&eid={Guid.NewGuid()}&sid={session}&duid={Guid.NewGuid()}&url=http%3A%2F%2Fprobe.example%2F", UriKind.Relative));
        sent.EnsureSuccessStatusCode();
        while (true)
        {
            using var seen = await http.GetAsync(new Uri($"api/sessions/{session}", UriKind.Relative));
            if (seen.StatusCode == HttpStatusCode.OK) return clock.Elapsed.TotalMilliseconds;
            await Task.Delay(AskEvery);
        }
    }

    private static double At(List<double> sorted, double percentile) => sorted[(int)Math.Min(sorted.Count - 1, percentile * sorted.Count)];
}
