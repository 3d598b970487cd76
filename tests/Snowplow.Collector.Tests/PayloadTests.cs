using System.Text;
using Snowplow.Events.Collector;

namespace Snowplow.Collector.Tests;

public sealed class PayloadTests : IAsyncLifetime
{
    private const string Id = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
    private const string Tp2 = "/com.snowplowanalytics.snowplow/tp2";
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 12, 0, 0, 123, TimeSpan.Zero);

    private CollectorServer _server = null!;

    private RecordingStream Stream => _server.Recorded;

    public async Task InitializeAsync() => _server = await CollectorServer.StartAsync(new RecordingStream(), new FixedTime(Now));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Payload_OfAPost_HasAllFields()
    {
        using var response = await _server.SendAsync(
            "POST",
            Tp2 + "?a=1&b=%20x",
            """{"data":[]}""",
            ("User-Agent", "Mozilla/5.0 (test)"),
            ("Referer", "https://shop.example/cart?x=1"),
            ("Content-Type", "application/json; charset=UTF-8"),
            ("Cookie", "sp=" + Id + "; other=1"),
            ("X-Forwarded-For", "203.0.113.7, 10.0.0.1"),
            ("X-Custom", "Value"));

        var payload = Stream.Only;
        payload.IpAddress.ShouldBe("203.0.113.7");
        payload.TimestampMs.ShouldBe(Now.ToUnixTimeMilliseconds());
        payload.Encoding.ShouldBe("UTF-8");
        payload.Collector.ShouldBe("snowplow-orleans-0.1.0-recordingstream");
        payload.UserAgent.ShouldBe("Mozilla/5.0 (test)");
        payload.RefererUri.ShouldBe("https://shop.example/cart?x=1");
        payload.Path.ShouldBe(Tp2);
        payload.Querystring.ShouldBe("a=1&b=%20x");
        Encoding.UTF8.GetString(payload.Body!.Value.Span).ShouldBe("""{"data":[]}""");
        payload.ContentType.ShouldBe("application/json; charset=utf-8");
        payload.Hostname.ShouldBe("127.0.0.1");
        payload.NetworkUserId.ShouldBe(Id);
        payload.Schema.ShouldBe(CollectorPayload.SchemaUri);
        payload.Headers.ShouldBe(
            [
                $"Host: 127.0.0.1:{_server.Address.Port}",
                "User-Agent: Mozilla/5.0 (test)",
                "Referer: https://shop.example/cart?x=1",
                "Content-Type: application/json; charset=UTF-8",
                "Content-Length: 11",
                $"Cookie: sp={Id};other=1",
                "X-Forwarded-For: 203.0.113.7, 10.0.0.1",
                "X-Custom: Value",
                "application/json; charset=utf-8",
            ],
            ignoreOrder: true);
        payload.Headers![^1].ShouldBe("application/json; charset=utf-8");
    }

    [Fact]
    public async Task Payload_OfABarePixel_LeavesOutWhatIsAbsent()
    {
        await _server.SendRawAsync("GET /i HTTP/1.0\r\n\r\n");

        var payload = Stream.Only;
        payload.IpAddress.ShouldBe("127.0.0.1");
        payload.Querystring.ShouldBe("");
        payload.Path.ShouldBe("/i");
        payload.Headers.ShouldBe([]);
        payload.UserAgent.ShouldBeNull();
        payload.RefererUri.ShouldBeNull();
        payload.Body.ShouldBeNull();
        payload.ContentType.ShouldBeNull();
        payload.Hostname.ShouldBeNull();
    }

    [Fact]
    public async Task Payload_OfAPostWithoutBody_HasAnEmptyOne()
    {
        using var response = await _server.SendAsync("POST", Tp2, "");

        Stream.Only.Body!.Value.Length.ShouldBe(0);
    }

    [Fact]
    public async Task Payload_OfAGetWithBody_HasNone()
    {
        using var response = await _server.SendAsync("GET", Tp2, "ignored");

        Stream.Only.Body.ShouldBeNull();
    }

    [Fact]
    public async Task Payload_OfAnyBytes_HasThemAsTheyCame()
    {
        var body = new byte[70_000];
        new Random(3).NextBytes(body);
        using var content = new ByteArrayContent(body);

        using var response = await _server.Client.PostAsync(new Uri(Tp2, UriKind.Relative), content);

        Stream.Only.Body!.Value.ToArray().ShouldBe(body);
    }

    [Fact]
    public async Task Payload_OfAChunkedBody_HasItWhole()
    {
        await _server.SendRawAsync($"POST {Tp2} HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n4\r\ndefg\r\n0\r\n\r\n");

        Encoding.ASCII.GetString(Stream.Only.Body!.Value.Span).ShouldBe("abcdefg");
    }

    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData(" 1.2.3.4 ,5.6.7.8", "1.2.3.4")]
    [InlineData("1.2.3.4:5678", "1.2.3.4")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]:443", "2001:db8::1")]
    [InlineData("::ffff:1.2.3.4", "1.2.3.4")]
    [InlineData("unknown, 1.2.3.4", "127.0.0.1")]
    [InlineData("<script>", "127.0.0.1")]
    [InlineData("1", "127.0.0.1")]
    [InlineData("1:80", "127.0.0.1")]
    [InlineData("0x7f.1", "127.0.0.1")]
    public async Task Address_OfAForwardedRequest_IsTheFirstIfItIsOne(string forwarded, string expected)
    {
        using var response = await _server.SendAsync("GET", "/i", null, ("X-Forwarded-For", forwarded));

        Stream.Only.IpAddress.ShouldBe(expected);
    }

    [Fact]
    public async Task Payload_OfAnAnonymousVisitor_SaysNothingThatNamesHim()
    {
        using var response = await _server.SendAsync(
            "GET", $"/i?nuid={Id}", null, ("SP-Anonymous", "*"), ("Cookie", "sp=" + Id), ("X-Forwarded-For", "1.2.3.4"), ("X-Real-IP", "1.2.3.4"),
            ("Forwarded", "for=1.2.3.4"));

        var payload = Stream.Only;
        payload.IpAddress.ShouldBe("unknown");
        payload.NetworkUserId.ShouldBe("00000000-0000-0000-0000-000000000000");
        payload.Headers!.ShouldBe([$"Host: 127.0.0.1:{_server.Address.Port}", "SP-Anonymous: *"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("a=1; b=2", "Cookie: a=1;b=2")]
    [InlineData("a=1; b=\"x\"; c=3", "Cookie: a=1;c=3")]
    [InlineData("a=1,2;b=x\\y;c=~", "Cookie: c=~")]
    [InlineData("a = 1", "Cookie: a=1")]
    [InlineData("a=\u00e4", null)]
    [InlineData(";;", null)]
    public async Task Cookies_InThePayload_AreThoseThatRfc6265Allows(string header, string? expected)
    {
        await _server.SendRawAsync($"GET /i HTTP/1.1\r\nHost: h\r\nConnection: close\r\ncookie: {header}\r\n\r\n");

        Stream.Only.Headers!.SingleOrDefault(h => h.StartsWith("Cookie", StringComparison.OrdinalIgnoreCase)).ShouldBe(expected);
    }

    [Theory]
    [InlineData("\u00c3\u00a4", "\u00e4")]
    [InlineData("\u00e4", "\ufffd")]
    public async Task Headers_ThatAreNotAscii_AreReadAsUtf8(string latin1, string expected)
    {
        var answer = await _server.SendRawAsync($"GET /i HTTP/1.1\r\nHost: h\r\nConnection: close\r\nUser-Agent: {latin1}\r\nReferer: http://x/{latin1}\r\n\r\n");

        answer.ShouldStartWith("HTTP/1.1 200");
        Stream.Only.UserAgent.ShouldBe(expected);
        Stream.Only.RefererUri.ShouldBe($"http://x/{expected}");
        Stream.Only.Headers!.ShouldContain($"User-Agent: {expected}");
    }

    [Theory]
    [InlineData("duid of the query", "?uid=u1&duid=d1", """{"data":[{"duid":"d2"}]}""", "d1")]
    [InlineData("duid of the body", "?uid=u1", """{"data":[{"uid":"u2","duid":"d2"},{"duid":"d3"}]}""", "d2")]
    [InlineData("spaces", "", """{ "duid" : "d2" }""", "d2")]
    [InlineData("a value of that name", "", """{"x":"duid","y":{"duid":null},"duid":"d2"}""", "d2")]
    [InlineData("uid of the query", "?uid=a%40b+c&e=pv", """{"data":[{"e":"pv"}]}""", "a@b c")]
    [InlineData("uid of the body", "", """{"data":[{"uid":"u2"}]}""", "u2")]
    [InlineData("the cookie", "", "{}", Id)]
    [InlineData("cut off", "", "{\"duid\":\"d2", Id)]
    public async Task PartitionKey_OfAPayload_IsItsUser(string label, string query, string body, string expected)
    {
        using var response = await _server.SendAsync("POST", Tp2 + query, body, ("Cookie", "sp=" + Id));

        Stream.Appended.ShouldHaveSingleItem().Key.ShouldBe(expected, label);
    }

    [Fact]
    public async Task PartitionKey_OfAStranger_DependsOnAddressAndUserAgentAlone()
    {
        foreach (var (address, agent) in new[] { ("1.2.3.4", "A"), ("1.2.3.4", "A"), ("1.2.3.5", "A"), ("1.2.3.4", "B") })
        {
            using var response = await _server.SendAsync("GET", "/i", null, ("X-Forwarded-For", address), ("User-Agent", agent), ("SP-Anonymous", "*"));
        }

        var keys = Stream.Appended.Select(a => a.Key).ToArray();
        keys[0].ShouldBe(keys[1]);
        keys.Distinct().Count().ShouldBe(3);
        keys.ShouldAllBe(k => !k.Contains("1.2.3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PayloadId_OfEachRequest_IsItsOwn()
    {
        for (var n = 0; n < 10; n++) (await _server.SendAsync("GET", "/i")).Dispose();

        Stream.Appended.Select(a => a.Id).Distinct().Count().ShouldBe(10);
        Stream.Appended.ShouldAllBe(a => a.Id.Version == 7);
    }
}
