using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Snowplow.Benchmarks.Platform;

/// <summary>
/// The collector alone, each answer after a durable append: <c>snowplow serve --roles collector</c> under 64 connections with one
/// request under way on each, by GET and by POSTs of two events: as fast as they are answered, and 15,000 events/s. Each connection
/// is a visitor of its own, so that all partitions take part. Client (one thread) and server
/// share this machine's processors.
/// </summary>
internal static class CollectorRun
{
    private const int PacedEvents = 15_000;

    private const string Headers =
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\nOrigin: https://acme.example\r\n";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    public static async Task RunAsync()
    {
        await using var server = await ServerProcess.StartAsync("--roles", "collector");
        Load(server, Get, TimeSpan.FromSeconds(3), null);
        Console.WriteLine("collector           |    req/s | events/s | p50 ms | p99 ms | max ms | server CPU µs/req");
        Report(server, "GET, closed loop", Get, 1, null);
        Report(server, "POST of 2, the same", Post, 2, null);
        Report(server, "GET, paced", Get, 1, PacedEvents);
        Report(server, "POST of 2, paced", Post, 2, PacedEvents / 2);
    }

    private static void Report(ServerProcess server, string name, Func<string, byte[]> request, int events, int? rateWanted)
    {
        var (processor, clock) = (server.ProcessorTime, Stopwatch.StartNew());
        var times = Load(server, request, Duration, rateWanted);
        var rate = times.Count / clock.Elapsed.TotalSeconds;
        times.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-19} | {rate,8:N0} | {rate * events,8:N0} | {times[times.Count / 2],6:F2} | {times[times.Count * 99 / 100],6:F2} | {times[^1],6:F1} | {(server.ProcessorTime - processor).TotalMicroseconds / times.Count:F0}"));
    }

    // Each connection sends the same request again and again.
    private static List<double> Load(ServerProcess server, Func<string, byte[]> request, TimeSpan duration, int? rate)
    {
        var requests = Enumerable.Range(0, PacedClient.Connections).Select(i => request($"c1f6dd0f-3a4b-4f0e-8a58-7be5f3b1e6{i:x2}")).ToArray();
        return PacedClient.Send(server.Url, duration, rate, connection => requests[connection]).Latencies;
    }

    // A pixel with a query string of 730 bytes.
    private static byte[] Get(string visitor)
    {
        var query = $"e=pv&p=web&tv=js-3.24.0&aid=shop&eid=5b7a0b1e-6d0c-4c53-9b7e-2f1a52c0a9d4&duid={visitor}&url=https%3A%2F%2Facme.example%2F&cx=";
        return Encoding.ASCII.GetBytes($"GET /i?{query.PadRight(730, 'x')} HTTP/1.1\r\nHost: localhost\r\n{Headers}Cookie: sp={visitor}\r\n\r\n");
    }

    // Two page views, 1.7 kB in all.
    private static byte[] Post(string visitor)
    {
        var one = $$"""{"e":"pv","p":"web","tv":"js-3.24.0","aid":"shop","duid":"{{visitor}}","url":"https://acme.example/","cx":"{{new string('x', 650)}}"}""";
        var body = $"{{\"schema\":\"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4\",\"data\":[{one},{one}]}}";
        return Encoding.ASCII.GetBytes(
            $"POST /com.snowplowanalytics.snowplow/tp2 HTTP/1.1\r\nHost: localhost\r\n{Headers}Cookie: sp={visitor}\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
