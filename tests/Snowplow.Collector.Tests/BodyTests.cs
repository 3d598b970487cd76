using System.Diagnostics.Metrics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Snowplow.Collector.Tests;

public sealed class BodyTests : IAsyncLifetime
{
    private const string Tp2 = "/com.snowplowanalytics.snowplow/tp2";
    private const int Limit = 100_000;

    private CollectorServer _server = null!;

    private RecordingStream Stream => _server.Recorded;

    public async Task InitializeAsync() =>
        _server = await CollectorServer.StartAsync(new RecordingStream(), null, ("MaxBodyBytes", $"{Limit}"), ("MaxHeldBytes", $"{4 * Limit}"), ("BodyTimeout", "00:00:01"));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(Limit, false, 200)]
    [InlineData(Limit, true, 200)]
    [InlineData(Limit + 1, false, 413)]
    [InlineData(Limit + 1, true, 413)]
    [InlineData(40 * Limit, false, 413)]
    [InlineData(40 * Limit, true, 413)]
    public async Task Body_OfASize_IsTakenUpToTheLimit(int size, bool chunked, int status)
    {
        var body = Encoding.ASCII.GetBytes(new string('x', size));
        var head = chunked ? $"Transfer-Encoding: chunked\r\n\r\n{size:x}\r\n" : $"Content-Length: {size}\r\n\r\n";
        var tail = chunked ? "\r\n0\r\n\r\n" : "";

        var answer = await _server.SendRawAsync(Bytes($"POST {Tp2} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nOrigin: http://a.example\r\n{head}", body, tail));

        answer.ShouldStartWith($"HTTP/1.1 {status} ");
        answer.ShouldContain("Access-Control-Allow-Origin: http://a.example");
        Stream.Appended.Count.ShouldBe(status == 200 ? 1 : 0);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("x-gzip")]
    public async Task Gzip_OfABody_IsUndone(string encoding)
    {
        using var response = await PostAsync(Gzip("""{"data":[]}"""u8), encoding);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Encoding.UTF8.GetString(Stream.Only.Body!.Value.Span).ShouldBe("""{"data":[]}""");
        Stream.Only.Headers!.ShouldNotContain(h => h.StartsWith("Content-Encoding", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("gzip, gzip")]
    public async Task Body_InAnotherEncoding_Is415(string encoding)
    {
        using var response = await PostAsync("abc"u8.ToArray(), encoding);

        ((int)response.StatusCode).ShouldBe(415);
        Stream.Appended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_InIdentity_IsTakenAsItIs()
    {
        using var response = await PostAsync([0xff, 0x00, 0xc3], "identity");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Stream.Only.Body!.Value.ToArray().ShouldBe([0xff, 0x00, 0xc3]);
    }

    [Fact]
    public async Task Gzip_OfTwoMembers_IsBoth()
    {
        byte[] both = [.. Gzip("first, "u8), .. Gzip("second"u8)];
        using var response = await PostAsync(both, "gzip");
        using var torn = await PostAsync(both[..^3], "gzip");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        torn.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        Encoding.UTF8.GetString(Stream.Only.Body!.Value.Span).ShouldBe("first, second");
    }

    [Fact]
    public async Task Zstd_OfABody_IsUndoneAndItsDamageRefused()
    {
        var text = """{"schema":"x","data":[{"e":"pv","p":"web"}]}""";
        using var compressor = new ZstdSharp.Compressor();
        var whole = compressor.Wrap(Encoding.ASCII.GetBytes(text)).ToArray();
        for (var length = 0; length < whole.Length; length++)
            (await PostAsync(whole[..length], "zstd")).StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{length} of {whole.Length} bytes");

        using var response = await PostAsync(whole, "zstd");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Encoding.ASCII.GetString(Stream.Only.Body!.Value.Span).ShouldBe(text);
    }

    [Fact]
    public async Task Zstd_ThatGrowsBeyondTheLimit_Is413()
    {
        using var compressor = new ZstdSharp.Compressor();
        using var response = await PostAsync(compressor.Wrap(new byte[50 << 20]).ToArray(), "zstd");

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        Stream.Appended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Gzip_CutAnywhere_Is400()
    {
        var whole = Gzip("""{"schema":"x","data":[{"e":"pv","p":"web"},{"e":"pp","p":"web"}]}"""u8);
        for (var length = 0; length < whole.Length; length++)
        {
            using var response = await PostAsync(whole[..length], "gzip");
            response.StatusCode.ShouldBe(HttpStatusCode.BadRequest, $"{length} of {whole.Length} bytes");
        }

        Stream.Appended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Gzip_WithFlippedBits_NeverGivesAnotherBody()
    {
        var text = """{"schema":"x","data":[{"e":"pv","p":"web"},{"e":"pp","p":"web"}]}""";
        var whole = Gzip(Encoding.ASCII.GetBytes(text));
        for (var bit = 0; bit < whole.Length * 8; bit++)
        {
            var damaged = (byte[])whole.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            using var response = await PostAsync(damaged, "gzip");
            response.StatusCode.ShouldBeOneOf(HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.RequestEntityTooLarge);
        }

        foreach (var (_, _, bytes) in Stream.Appended)
            Encoding.ASCII.GetString(RecordingStream.Decode(bytes).Body!.Value.Span).ShouldBe(text);
    }

    [Fact]
    public async Task Gzip_ThatGrowsBeyondTheLimit_Is413()
    {
        var bomb = Gzip(new byte[50 << 20]);
        bomb.Length.ShouldBeLessThan(Limit);

        using var response = await PostAsync(bomb, "gzip");

        response.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        Stream.Appended.ShouldBeEmpty();
    }

    [Fact]
    public async Task Body_ThatStopsComing_Is408()
    {
        await using var connection = await _server.ConnectAsync();
        await connection.WriteAsync(Bytes($"POST {Tp2} HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc"));

        (await ReadStatusAsync(connection)).ShouldStartWith("HTTP/1.1 408 ");
        Stream.Appended.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Content-Length: 10\r\n\r\nabc")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n")]
    public async Task Body_ThatTheClientDoesNotFinish_IsNotStored(string rest)
    {
        await _server.SendRawAsync($"POST {Tp2} HTTP/1.1\r\nHost: h\r\n{rest}", hangUp: true);
        await using (var reset = await _server.ConnectAsync())
        {
            await reset.WriteAsync(Bytes($"POST {Tp2} HTTP/1.1\r\nHost: h\r\n{rest}"));
            reset.Socket.LingerState = new LingerOption(true, 0);
        }

        // The next request is answered after the server has dealt with those.
        using var response = await PostAsync("whole"u8.ToArray(), null);
        Stream.Only.Body!.Value.ToArray().ShouldBe("whole"u8.ToArray());
    }

    [Fact]
    public async Task Response_ToAnEvent_WaitsUntilItIsDurable()
    {
        var durable = new TaskCompletionSource();
        Stream.Gate = durable.Task;
        var response = PostAsync("{}"u8.ToArray(), null);
        await WaitForAsync(() => Stream.Waiting == 1);
        response.IsCompleted.ShouldBeFalse();

        durable.SetResult();

        (await response).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Request_WhileTheStreamRefuses_Is503UntilItHeals()
    {
        Stream.Problem = "the disk is full";
        foreach (var method in new[] { "GET", "POST" })
        {
            using var refused = await _server.SendAsync(method, Tp2, method == "POST" ? "{}" : null, ("Origin", "https://a.example"));
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter!.ToString().ShouldBe("5");
            refused.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe(["https://a.example"]);
            refused.Headers.Contains("Set-Cookie").ShouldBeFalse();
        }

        Stream.Problem = null;
        using var response = await PostAsync("{}"u8.ToArray(), null);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        Stream.Appended.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Bodies_BeyondWhatMayBeHeld_Are503AndLeaveNothingHeld()
    {
        var durable = new TaskCompletionSource();
        Stream.Gate = durable.Task;
        var held = new[] { PostAsync(new byte[Limit], null), PostAsync(new byte[Limit], null) };
        await WaitForAsync(() => Stream.Waiting == 2);

        using var refused = await PostAsync("x"u8.ToArray(), null);
        refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);

        durable.SetResult();
        foreach (var response in await Task.WhenAll(held)) response.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await PostAsync(new byte[Limit], null)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Metrics_OfRequests_CountWhatWasStoredAndRefused()
    {
        var counts = new Dictionary<string, double>();
        using var listener = new MeterListener();
        var meters = _server.Service<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "Snowplow.Collector" && instrument.Meter.Scope == meters) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((i, value, tags, _) => Add(i, value, tags));
        listener.SetMeasurementEventCallback<double>((i, _, tags, _) => Add(i, 1, tags));
        listener.Start();

        (await PostAsync("{}"u8.ToArray(), null)).Dispose();
        (await PostAsync(new byte[Limit + 1], null)).Dispose();
        Stream.Problem = "down";
        (await PostAsync("{}"u8.ToArray(), null)).Dispose();

        counts["snowplow.collector.requests"].ShouldBe(3);
        counts["snowplow.collector.payload.size"].ShouldBe(Stream.Appended.Single().Bytes.Length);
        counts["snowplow.collector.append.duration"].ShouldBe(1);
        counts["snowplow.collector.rejected too_large"].ShouldBe(1);
        counts["snowplow.collector.rejected stream_unavailable"].ShouldBe(1);

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var name = tags.IsEmpty ? instrument.Name : $"{instrument.Name} {tags[0].Value}";
            lock (counts) counts[name] = counts.GetValueOrDefault(name) + value;
        }
    }

    private static async Task WaitForAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition()) await Task.Delay(5, timeout.Token);
    }

    private async Task<HttpResponseMessage> PostAsync(byte[] body, string? encoding)
    {
        using var content = new ByteArrayContent(body);
        if (encoding is not null) content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        return await _server.Client.PostAsync(new Uri(Tp2, UriKind.Relative), content);
    }

    private static async Task<string> ReadStatusAsync(NetworkStream connection)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var reader = new StreamReader(connection, Encoding.Latin1);
        return await reader.ReadLineAsync(timeout.Token) ?? "";
    }

    private static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal)) gzip.Write(bytes);
        return compressed.ToArray();
    }

    private static byte[] Bytes(string head, byte[]? body = null, string tail = "") => [.. Encoding.Latin1.GetBytes(head), .. body ?? [], .. Encoding.Latin1.GetBytes(tail)];
}
