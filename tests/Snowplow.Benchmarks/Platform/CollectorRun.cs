using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
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
    private const int Connections = 64;
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
            $"{name,-19} | {rate,8:N0} | {rate * events,8:N0} | {Milliseconds(times[times.Count / 2]),6:F2} | {Milliseconds(times[times.Count * 99 / 100]),6:F2} | {Milliseconds(times[^1]),6:F1} | {(server.ProcessorTime - processor).TotalMicroseconds / times.Count:F0}"));
    }

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;

    private static List<long> Load(ServerProcess server, Func<string, byte[]> request, TimeSpan duration, int? rate)
    {
        var interval = rate is null ? 0 : Connections * Stopwatch.Frequency / rate.Value;
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var connections = Enumerable.Range(0, Connections)
            .Select(i => new Connection(server.Url.Port, request($"c1f6dd0f-3a4b-4f0e-8a58-7be5f3b1e6{i:x2}"), start + i * interval / Connections, interval))
            .ToDictionary(connection => connection.Socket);
        var times = new List<long>(2_000_000);
        for (var now = start; now < end; now = Stopwatch.GetTimestamp())
        {
            foreach (var connection in connections.Values) connection.SendIfDue(now);
            var answers = connections.Keys.ToList();
            // A paced connection may be due before the next answer comes.
            Socket.Select(answers, null, null, rate is null ? 100_000 : 1_000);
            foreach (var socket in answers) connections[socket].Receive(times);
        }

        foreach (var socket in connections.Keys) socket.Dispose();
        return times;
    }

    /// <summary>A connection with one request under way at most.</summary>
    /// <param name="port">The server's.</param>
    /// <param name="request">What is sent each time.</param>
    /// <param name="due">When to send the first.</param>
    /// <param name="interval">From one request to the next; 0: as soon as the answer is there.</param>
    private sealed class Connection(int port, byte[] request, long due, long interval)
    {
        private readonly byte[] _answer = new byte[4096];
        private int _length;
        private long _due = due;
        private long _sent;
        private bool _isWaiting;
        private bool _isBehind;

        public Socket Socket { get; } = Connect(port);

        public void SendIfDue(long now)
        {
            if (_isWaiting || _due > now) return;
            // A request whose predecessor's answer came too late counts from when it was due: a stall is not hidden by sending less.
            _sent = _isBehind ? _due : now;
            _due = interval > 0 ? _due + interval : 0;
            _isWaiting = true;
            Socket.Send(request);
        }

        public void Receive(List<long> times)
        {
            var read = Socket.Receive(_answer.AsSpan(_length));
            if (read == 0) throw new IOException("the server closed a connection");
            _length += read;
            if (!IsWhole(_answer.AsSpan(0, _length))) return;
            var now = Stopwatch.GetTimestamp();
            times.Add(now - _sent);
            _isBehind = interval > 0 && _due <= now;
            _isWaiting = false;
            _length = 0;
        }

        private static Socket Connect(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(IPAddress.Loopback, port);
            return socket;
        }
    }

    // An answer to the end of the body that its Content-Length tells.
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        if (!answer.StartsWith("HTTP/1.1 200"u8)) throw new IOException(Encoding.ASCII.GetString(answer));
        var field = answer[(answer.IndexOf("Content-Length: "u8) + 16)..];
        return answer.Length >= head + 4 + int.Parse(field[..field.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
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
