using System.Net.Sockets;
using System.Text;

namespace Snowplow.Collector.Tests;

/// <summary>Connections that mean harm, on real sockets: each ends or is answered, and others are served meanwhile.</summary>
public sealed class AttackTests : IAsyncLifetime
{
    private static readonly int Idle = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 5_000 : 200;

    private CollectorServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await CollectorServer.StartAsync(new RecordingStream(), null, ("HeadersTimeout", "00:00:01"), ("BodyTimeout", "00:00:01"), ("MaxBodyBytes", "100000"));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("GET /i HTTP/1.1\r\nHost: h\r\n", "X-A: b\r\n")]
    [InlineData("POST /a/b HTTP/1.1\r\nHost: h\r\nContent-Length: 90000\r\n\r\n", "x")]
    [InlineData("POST /a/b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n")]
    public async Task Request_ThatTrickles_Is408(string head, string drop)
    {
        await using var connection = await _server.ConnectAsync();
        await connection.WriteAsync(Encoding.ASCII.GetBytes(head));
        var answer = new byte[12];
        var read = connection.ReadAtLeastAsync(answer, answer.Length).AsTask();
        while (!read.IsCompleted)
        {
            try
            {
                await connection.WriteAsync(Encoding.ASCII.GetBytes(drop));
            }
            catch (IOException)
            {
                // The server has closed.
                break;
            }

            await Task.WhenAny(read, Task.Delay(100));
        }

        await read;
        Encoding.ASCII.GetString(answer).ShouldBe("HTTP/1.1 408");
        _server.Recorded.Appended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_WithoutEnd_IsCutOff()
    {
        await using var connection = await _server.ConnectAsync();
        await connection.WriteAsync("POST /a/b HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"u8.ToArray());
        byte[] chunk = [.. "10000\r\n"u8, .. new byte[65536], .. "\r\n"u8];
        var sent = 0L;
        try
        {
            for (; sent < 200L << 20; sent += chunk.Length) await connection.WriteAsync(chunk);
        }
        catch (IOException)
        {
            // Cut off.
        }

        sent.ShouldBeLessThan(200L << 20);
        _server.Recorded.Appended.ShouldBeEmpty();
        await AssertServesAsync();
    }

    [Theory]
    [InlineData("GET /i HTTP/1.1\r\nHost: h\r\nX: {0}\r\n\r\n", 60_000, "431")]
    [InlineData("GET /i?{0} HTTP/1.1\r\nHost: h\r\n\r\n", 30_000, "414")]
    [InlineData("GET /a/{0} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n", 15_000, "200")]
    public async Task Request_WithAVeryLongPart_IsAnswered(string form, int length, string status)
    {
        var answer = await _server.SendRawAsync(form.Replace("{0}", new string('x', length), StringComparison.Ordinal));

        answer.ShouldStartWith($"HTTP/1.1 {status}");
    }

    [Theory]
    [InlineData("/a/../api/live", "200")]
    [InlineData("/r%2ftp2", "404")]
    [InlineData("//a/b", "404")]
    [InlineData("/a//b", "404")]
    [InlineData("/x/../r/tp2?u=https%3A%2F%2Fa.example", "404")]
    public async Task Path_WithTricks_IsNotAnEvent(string path, string status)
    {
        var answer = await _server.SendRawAsync($"GET {path} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        answer.ShouldStartWith($"HTTP/1.1 {status}");
        _server.Recorded.Appended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Requests_InOneGo_AreAllAnswered()
    {
        var requests = string.Concat(Enumerable.Repeat("GET /i HTTP/1.1\r\nHost: h\r\n\r\n", 199)) + "GET /i HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

        var answer = await _server.SendRawAsync(requests);

        (answer.Split("HTTP/1.1 200").Length - 1).ShouldBe(200);
        _server.Recorded.Appended.Count.ShouldBe(200);
    }

    [Fact]
    public async Task Connections_ThatIdle_LeaveRoomForOthers()
    {
        var idle = new List<NetworkStream>();
        try
        {
            for (var i = 0; i < Idle; i++) idle.Add(await _server.ConnectAsync());
            await AssertServesAsync();
        }
        finally
        {
            foreach (var connection in idle) await connection.DisposeAsync();
        }
    }

    private async Task AssertServesAsync()
    {
        using var response = await _server.SendAsync("GET", "/i");
        ((int)response.StatusCode).ShouldBe(200);
    }
}
