using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Snowplow.Benchmarks.Platform;

/// <summary>
/// An HTTP client of one thread over connections with one request under way at most on each, so that what is measured is the server and not
/// the hops of a client's thread pool. A request counts from when it was sent; one that is due while its connection waits, from when it was
/// due: a stall of the server is not hidden by sending less. What the client itself was late by is told apart.
/// </summary>
internal static class PacedClient
{
    /// <summary>Number of connections.</summary>
    public const int Connections = 64;

    /// <summary>Sends for a time; returns how long answers took in milliseconds, in the order in which they came, and how late a request went out at most.</summary>
    /// <param name="server">Its address, on this machine.</param>
    /// <param name="duration">How long.</param>
    /// <param name="rate">Requests per second over all connections; null sends as soon as answers are there.</param>
    /// <param name="request">The next request of a connection, by its number from 0 on.</param>
    /// <exception cref="IOException">An answer is not 200, or a connection was closed.</exception>
    public static (List<double> Latencies, double Late) Send(Uri server, TimeSpan duration, int? rate, Func<int, byte[]> request)
    {
        var interval = rate is null ? 0 : Connections * Stopwatch.Frequency / rate.Value;
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var connections = Enumerable.Range(0, Connections)
            .Select(number => new Connection(server.Port, () => request(number), start + number * interval / Connections, interval))
            .ToDictionary(connection => connection.Socket);
        var latencies = new List<double>(2_000_000);
        var answers = new List<Socket>(Connections);
        for (var now = start; now < end; now = Stopwatch.GetTimestamp())
        {
            foreach (var connection in connections.Values) connection.SendIfDue(now);
            answers.Clear();
            answers.AddRange(connections.Keys);
            // A paced connection may be due before the next answer comes.
            Socket.Select(answers, null, null, rate is null ? 100_000 : 1_000);
            foreach (var socket in answers)
                if (connections[socket].Receive() is { } ticks) latencies.Add(Milliseconds(ticks));
        }

        foreach (var socket in connections.Keys) socket.Dispose();
        return (latencies, Milliseconds(connections.Values.Max(connection => connection.Late)));
    }

    private static double Milliseconds(long ticks) => ticks * 1000.0 / Stopwatch.Frequency;

    // An answer to the end of the body that its Content-Length tells.
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0) return false;
        if (!answer.StartsWith("HTTP/1.1 200"u8)) throw new IOException(Encoding.ASCII.GetString(answer));
        var field = answer[(answer.IndexOf("Content-Length: "u8) + 16)..];
        return answer.Length >= head + 4 + int.Parse(field[..field.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }

    /// <summary>A connection with one request under way at most.</summary>
    /// <param name="port">The server's.</param>
    /// <param name="request">Makes the next request.</param>
    /// <param name="due">When to send the first.</param>
    /// <param name="interval">From one request to the next; 0: as soon as the answer is there.</param>
    private sealed class Connection(int port, Func<byte[]> request, long due, long interval)
    {
        private readonly byte[] _answer = new byte[16 * 1024];
        private int _length;
        private long _due = due;
        private long _sent;
        private bool _isWaiting;
        private bool _isBehind;

        public Socket Socket { get; } = Connect(port);

        public long Late { get; private set; }

        public void SendIfDue(long now)
        {
            if (_isWaiting || _due > now) return;
            var next = request();
            // Not the time at which the round over the connections began: the client may have been stopped since.
            now = Stopwatch.GetTimestamp();
            _sent = _isBehind ? _due : now;
            if (interval > 0)
            {
                Late = Math.Max(Late, now - _due);
                _due += interval;
            }

            _isWaiting = true;
            Socket.Send(next);
        }

        /// <summary>Takes what has come; returns the ticks that the answer took once it is whole, null before.</summary>
        public long? Receive()
        {
            var read = Socket.Receive(_answer.AsSpan(_length));
            if (read == 0) throw new IOException("the server closed a connection");
            _length += read;
            if (!IsWhole(_answer.AsSpan(0, _length))) return null;
            var now = Stopwatch.GetTimestamp();
            _isBehind = interval > 0 && _due <= now;
            _isWaiting = false;
            _length = 0;
            return now - _sent;
        }

        private static Socket Connect(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Connect(IPAddress.Loopback, port);
            return socket;
        }
    }
}
