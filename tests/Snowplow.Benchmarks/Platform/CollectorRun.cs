using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Snowplow.Benchmarks.Platform;

/// <summary>
/// The collector alone, each answer after a durable append: <c>snowplow serve --roles collector</c> under 64 connections with one
/// request under way on each, by GET and by POSTs of two events: as fast as they are answered, and 15,000 events/s. Client and
/// server share this machine's processors.
/// </summary>
internal static class CollectorRun
{
    private const int Connections = 64;
    private const int PacedEvents = 15_000;

    private const string Headers =
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\r\nOrigin: https://acme.example\r\nCookie: sp=c1f6dd0f-3a4b-4f0e-8a58-7be5f3b1e6a2\r\n";

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(8);

    public static async Task RunAsync()
    {
        await using var server = await ServerProcess.StartAsync("--roles", "collector");
        await LoadAsync(server, Get(), TimeSpan.FromSeconds(3), null);
        Console.WriteLine("collector           |    req/s | events/s | p50 ms | p99 ms | max ms | server CPU µs/req");
        await ReportAsync(server, "GET, closed loop", Get(), 1, null);
        await ReportAsync(server, "POST of 2, the same", Post(), 2, null);
        await ReportAsync(server, "GET, paced", Get(), 1, PacedEvents);
        await ReportAsync(server, "POST of 2, paced", Post(), 2, PacedEvents / 2);
    }

    private static async Task ReportAsync(ServerProcess server, string name, byte[] request, int events, int? rateWanted)
    {
        var (processor, clock) = (server.ProcessorTime, Stopwatch.StartNew());
        var times = await LoadAsync(server, request, Duration, rateWanted);
        var rate = times.Length / clock.Elapsed.TotalSeconds;
        Array.Sort(times);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-19} | {rate,8:N0} | {rate * events,8:N0} | {Milliseconds(times[times.Length / 2]),6:F2} | {Milliseconds(times[times.Length * 99 / 100]),6:F2} | {Milliseconds(times[^1]),6:F1} | {(server.ProcessorTime - processor).TotalMicroseconds / times.Length:F0}"));
    }

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;

    private static async Task<long[]> LoadAsync(ServerProcess server, byte[] request, TimeSpan duration, int? rate)
    {
        var now = Stopwatch.GetTimestamp();
        var end = now + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var interval = rate is null ? 0 : Connections * Stopwatch.Frequency / rate.Value;
        var times = await Task.WhenAll(Enumerable.Range(0, Connections)
            .Select(i => Task.Run(() => ConnectionAsync(server.Url.Port, request, now + i * interval / Connections, interval, end))));
        return [.. times.SelectMany(time => time)];
    }

    // With an interval, a request whose predecessor's answer came too late counts from when it was due: a stall is not hidden by
    // sending less.
    private static async Task<List<long>> ConnectionAsync(int port, byte[] request, long due, long interval, long end)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var answer = new byte[4096];
        var times = new List<long>(100_000);
        for (var now = Stopwatch.GetTimestamp(); now < end; now = Stopwatch.GetTimestamp())
        {
            var start = now;
            if (interval > 0)
            {
                if (due > now) await Task.Delay(Stopwatch.GetElapsedTime(now, due));
                start = due > now ? Stopwatch.GetTimestamp() : due;
                due += interval;
            }

            await socket.SendAsync(request);
            await ReceiveAsync(socket, answer);
            times.Add(Stopwatch.GetTimestamp() - start);
        }

        return times;
    }

    // One answer, to the end of the body that its Content-Length tells.
    private static async Task ReceiveAsync(Socket socket, byte[] answer)
    {
        for (var length = 0; ;)
        {
            var read = await socket.ReceiveAsync(answer.AsMemory(length));
            if (read == 0) throw new IOException("the server closed a connection");
            length += read;
            if (IsWhole(answer.AsSpan(0, length))) return;
        }
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        if (!answer.StartsWith("HTTP/1.1 200"u8)) throw new IOException(Encoding.ASCII.GetString(answer));
        var field = answer[(answer.IndexOf("Content-Length: "u8) + 16)..];
        return answer.Length >= head + 4 + int.Parse(field[..field.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }

    // A pixel with a query string of 730 bytes.
    private static byte[] Get()
    {
        var query = "e=pv&p=web&tv=js-3.24.0&aid=shop&eid=5b7a0b1e-6d0c-4c53-9b7e-2f1a52c0a9d4&duid=c1f6dd0f-3a4b-4f0e-8a58-7be5f3b1e6a2&url=https%3A%2F%2Facme.example%2F&cx=";
        return Encoding.ASCII.GetBytes($"GET /i?{query.PadRight(730, 'x')} HTTP/1.1\r\nHost: localhost\r\n{Headers}\r\n");
    }

    // Two page views, 1.7 kB in all.
    private static byte[] Post()
    {
        var one = "{\"e\":\"pv\",\"p\":\"web\",\"tv\":\"js-3.24.0\",\"aid\":\"shop\",\"duid\":\"c1f6dd0f-3a4b-4f0e-8a58-7be5f3b1e6a2\",\"url\":\"https://acme.example/\",\"cx\":\"" + new string('x', 650) + "\"}";
        var body = $"{{\"schema\":\"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4\",\"data\":[{one},{one}]}}";
        return Encoding.ASCII.GetBytes(
            $"POST /com.snowplowanalytics.snowplow/tp2 HTTP/1.1\r\nHost: localhost\r\n{Headers}Content-Type: application/json; charset=UTF-8\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
