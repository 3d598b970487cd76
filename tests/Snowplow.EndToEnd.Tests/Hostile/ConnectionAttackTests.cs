using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Snowplow.EndToEnd.Tests.Harness;
using Xunit.Abstractions;

namespace Snowplow.EndToEnd.Tests.Hostile;

/// <summary>
/// Attacks on the real executable, all roles on: it serves others meanwhile, its memory stays bounded, and what it has acknowledged
/// lands.
/// </summary>
public sealed class ConnectionAttackTests(ITestOutputHelper log) : IAsyncLifetime
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full";
    private static readonly int Connections = IsFull ? 10_000 : 1_000;

    // What the process may take for anything that is not the attack: the garbage collector's freedom above all.
    private const double FreeMiB = 150;

    private readonly DataFolder _data = new();
    private readonly List<Socket> _sockets = [];
    private SnowplowProcess _snowplow = null!;

    public async Task InitializeAsync()
    {
        _snowplow = await SnowplowProcess.StartAsync(_data, SnowplowProcess.FreeAddress(), new Settings());
        await ServesAsync("before");
    }

    public async Task DisposeAsync()
    {
        foreach (var socket in _sockets) socket.Dispose();
        await _snowplow.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public Task Connections_ThatIdle_CostLittleAndLeaveRoomForOthers() => AttackAsync(Connections, Connections * 20 / 1024, _ => default);

    [Fact]
    public Task Requests_ThatNeverEnd_CostLittleAndLeaveRoomForOthers() => AttackAsync(Connections, Connections * 40 / 1024, i => Encoding.ASCII.GetBytes(i % 3 == 0
        ? $"GET /i?e=pv HTTP/1.1\r\nHost: h\r\nX-{i}: {new string('x', 4000)}\r\n"
        : "POST /com.snowplowanalytics.snowplow/tp2 HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{\"schema\""));

    [Fact]
    public Task Bodies_OfManySendersAtOnce_AreHeldUpToTheLimit()
    {
        // Together far more than MaxHeldBytes, whose default is 256 MiB: those beyond are refused, none is finished.
        var body = new string('x', 990_000);
        var request = Encoding.ASCII.GetBytes($"POST /a/b HTTP/1.1\r\nHost: h\r\nContent-Type: text/plain\r\nContent-Length: {body.Length + 1}\r\n\r\n{body}");
        return AttackAsync(IsFull ? 1_000 : 400, 256, _ => request);
    }

    [Fact]
    public async Task Bodies_ThatUnpackToMuch_AreRefusedWithoutBeingHeld()
    {
        var bomb = Bomb(1 << 30);
        var before = _snowplow.ResidentMiB;
        var statuses = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => PostAsync(bomb)));

        statuses.ShouldAllBe(status => status == HttpStatusCode.RequestEntityTooLarge);
        Report($"{statuses.Length} bodies of {bomb.Length:N0} bytes that unpack to 1 GiB", before, 0);
        await ServesAsync("after");
    }

    // Opens connections, sends the beginnings of requests on them and leaves them so.
    private async Task AttackAsync(int count, int allowedMiB, Func<int, ReadOnlyMemory<byte>> beginning)
    {
        var before = _snowplow.ResidentMiB;
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, SendTimeout = 1 };
            _sockets.Add(socket);
            await socket.ConnectAsync(IPAddress.Loopback, _snowplow.Url.Port);
            await SendAsync(socket, beginning(i));
            if (i % 1000 == 0) await ServesAsync($"meanwhile-{i}");
        }

        Report($"{count:N0} connections", before, allowedMiB);
        await ServesAsync("after");
    }

    // As much as the server takes: it may refuse, close, or leave the rest in the socket.
    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        try
        {
            for (var sent = 0; sent < bytes.Length;) sent += await socket.SendAsync(bytes[sent..], patience.Token);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // Refused or not read: what matters is what this costs the server.
        }
    }

    private void Report(string what, double before, int allowedMiB)
    {
        var after = _snowplow.ResidentMiB;
        log.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {before:F0} MiB before, {after:F0} MiB with them"));
        (after - before).ShouldBeLessThan(FreeMiB + allowedMiB);
    }

    private async Task ServesAsync(string when)
    {
        using var answer = await _snowplow.Http.GetAsync(new Uri($"i?e=pv&p=web&tv=test&aid={when}", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        await _snowplow.EnrichedEventsAsync($"the page view sent {when}", e => e["app_id"] == when, 1);
    }

    private async Task<HttpStatusCode> PostAsync(byte[] gzip)
    {
        using var content = new ByteArrayContent(gzip) { Headers = { ContentType = new("application/json"), ContentEncoding = { "gzip" } } };
        using var answer = await _snowplow.Http.PostAsync(new Uri("com.snowplowanalytics.snowplow/tp2", UriKind.Relative), content);
        return answer.StatusCode;
    }

    private static byte[] Bomb(int size)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize))
        {
            var zeros = new byte[1 << 20];
            for (var left = size; left > 0; left -= zeros.Length) gzip.Write(zeros);
        }

        return packed.ToArray();
    }
}
