using System.Text;

namespace Snowplow.Collector.Tests;

/// <summary>Whatever a client sends, the answer is never a 5xx, the server stays up, and what it stores can be read.</summary>
public sealed class FuzzTests : IAsyncLifetime
{
    private static readonly int Rounds = Environment.GetEnvironmentVariable("SNOWPLOW_TEST_SCALE") == "full" ? 1_000_000 : 400;

    private static readonly string[] Methods = ["GET", "POST", "HEAD", "OPTIONS", "PUT", "BREW"];
    private static readonly string[] Paths = ["/i", "/com.snowplowanalytics.snowplow/tp2", "/a/b", "/a/%00", "/%2e%2e/%2e%2e", "/%ff/%fe", "//", "/a//b", "*", "/ice.png"];

    private static readonly string[] HeaderNames =
        ["Cookie", "Origin", "X-Forwarded-For", "User-Agent", "Referer", "Content-Type", "SP-Anonymous", "Content-Encoding", "Accept", "X-Other"];

    private CollectorServer _server = null!;

    public async Task InitializeAsync() =>
        _server = await CollectorServer.StartAsync(new RecordingStream(), null, ("Cookie:Domains:0", "acme.example"), ("HeadersTimeout", "00:00:02"), ("BodyTimeout", "00:00:02"));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task WellFormedRequests_WithAnyContent_AreAnsweredBelow500()
    {
        var accepted = 0;
        for (var seed = 0; seed < Rounds; seed++)
        {
            var answer = await _server.SendRawAsync(WellFormedRequest(new Random(seed)));

            answer.Length.ShouldBeGreaterThan(12, $"seed {seed}");
            answer[9].ShouldBeOneOf(['2', '4'], $"seed {seed}: {answer}");
            if (answer[9] == '2') accepted++;
            if (seed % 10_000 == 0) await AssertStoredAreReadableAsync();
        }

        accepted.ShouldBeGreaterThan(Rounds / 10);
        await AssertStoredAreReadableAsync();
    }

    [Fact]
    public async Task AnyBytes_OnAConnection_NeverGiveA5xx()
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var request = seed % 2 == 0 ? RandomBytes(random, random.Next(1, 2000)) : Mutate(WellFormedRequest(random), random);

            var answer = await _server.SendRawAsync(request, hangUp: true);

            // 505 is Kestrel's answer to a version that is not HTTP's.
            if (!answer.StartsWith("HTTP/1.1 505", StringComparison.Ordinal)) answer.ShouldNotStartWith("HTTP/1.1 5", customMessage: $"seed {seed}");
            if (seed % 10_000 == 0) await AssertStoredAreReadableAsync();
        }

        await AssertStoredAreReadableAsync();
    }

    private async Task AssertStoredAreReadableAsync()
    {
        foreach (var (key, _, bytes) in _server.Recorded.Appended)
        {
            RecordingStream.Decode(bytes).Path.ShouldNotBeNull();
            key.Length.ShouldBeInRange(1, 100);
        }

        _server.Recorded.Appended.Clear();

        (await _server.Client.GetStringAsync(new Uri("/health", UriKind.Relative))).ShouldBe("ok");
    }

    private static byte[] WellFormedRequest(Random random)
    {
        var method = Methods[random.Next(Methods.Length)];
        var head = new StringBuilder($"{method} {Paths[random.Next(Paths.Length)]}?{Text(random, random.Next(100), 0x7f)} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n");
        for (var n = random.Next(6); n > 0; n--) head.Append($"{HeaderNames[random.Next(HeaderNames.Length)]}: {HeaderValue(random)}\r\n");
        var body = RandomBytes(random, random.Next(3000));
        head.Append($"Content-Length: {body.Length}\r\n\r\n");
        return [.. Encoding.Latin1.GetBytes(head.ToString()), .. body];
    }

    private static string HeaderValue(Random random) => random.Next(5) switch
    {
        0 => "gzip",
        1 => "https://acme.example",
        2 => "sp=; sp=x; =; sp=" + Text(random, 20),
        _ => Text(random, random.Next(200)),
    };

    // All bytes but those that end a line or a request's target; Kestrel itself refuses targets that are not ASCII.
    private static string Text(Random random, int length, int end = 0x100)
    {
        var text = new char[length];
        for (var i = 0; i < length; i++) text[i] = random.Next(4) == 0 ? (char)random.Next(0x21, end) : "=&%25;,:\"duid"[random.Next(13)];
        return new string(text);
    }

    private static byte[] RandomBytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Mutate(byte[] request, Random random)
    {
        for (var n = random.Next(1, 10); n > 0; n--) request[random.Next(request.Length)] = (byte)random.Next(256);
        return request;
    }
}
