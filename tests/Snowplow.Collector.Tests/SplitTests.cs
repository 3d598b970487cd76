using System.Text;
using System.Text.Json;

namespace Snowplow.Collector.Tests;

public sealed class SplitTests
{
    private const int MaxPayload = 10_000;
    private const string Tp2 = "/com.snowplowanalytics.snowplow/tp2";

    [Theory]
    [InlineData(50, 300, 2)]
    [InlineData(100, 1000, 10)]
    [InlineData(3, 20_000, 3)]
    public async Task Post_ThatIsTooLarge_IsStoredInPartsInOrder(int count, int size, int leastParts)
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), null, ("MaxPayloadBytes", $"{MaxPayload}"));
        var events = Enumerable.Range(0, count).Select(i => $$"""{"e":"pv", "n":"{{i}}","x":"{{new string('x', size)}}"}""").ToArray();

        using var response = await server.SendAsync("POST", Tp2, $$"""{ "schema":"iglu:s", "data": [ {{string.Join(" , ", events)}} ], "z":1 }""");

        ((int)response.StatusCode).ShouldBe(200);
        var stored = server.Recorded.Appended.ToArray();
        stored.Length.ShouldBeGreaterThanOrEqualTo(leastParts);
        stored.Select(s => s.Key).Distinct().Count().ShouldBe(1);
        stored.Select(s => s.Id).Distinct().Count().ShouldBe(stored.Length);
        if (size < MaxPayload) stored.ShouldAllBe(s => s.Bytes.Length <= MaxPayload);
        stored.Select(s => RecordingStream.Decode(s.Bytes).ExceededLimitBytes).ShouldAllBe(limit => limit == (size < MaxPayload ? null : MaxPayload));
        var found = new List<string>();
        foreach (var (_, _, bytes) in stored)
        {
            using var json = JsonDocument.Parse(RecordingStream.Decode(bytes).Body!.Value);
            json.RootElement.GetProperty("schema").GetString().ShouldBe("iglu:s");
            found.AddRange(json.RootElement.GetProperty("data").EnumerateArray().Select(e => e.GetRawText()));
        }

        found.ShouldBe(events);
    }

    [Theory]
    [InlineData("""{"schema":"s","data":[{"x":"§"}]}""")]
    [InlineData("""{"data":[{"x":"§"},{"x":"§"}]}""")]
    [InlineData("""{"schema":"s","data":{"x":"§"}}""")]
    [InlineData("""{"schema":"s","data":[{"x":"§"},{"x":"§"}]""")]
    [InlineData("""{"schema":"s","data":[{"x":"§"},{"x":"§"}]} more""")]
    [InlineData("""{"schema":"s","data":[1],"data":[{"x":"§"}]}""")]
    [InlineData("""{"\ud800":1,"schema":"s","data":[{"x":"§"},{"x":"§"}]""")]
    [InlineData("""{"\ud800":1,"schema":"s","data":[{"x":"§"}]}""")]
    [InlineData("§")]
    public async Task Post_ThatCannotBeSplit_IsStoredWholeAndMarked(string form)
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), null, ("MaxPayloadBytes", $"{MaxPayload}"));
        var body = form.Replace("§", new string('y', 2 * MaxPayload), StringComparison.Ordinal);

        using var response = await server.SendAsync("POST", Tp2, body);

        ((int)response.StatusCode).ShouldBe(200);
        Encoding.UTF8.GetString(server.Recorded.Only.Body!.Value.Span).ShouldBe(body);
        server.Recorded.Only.ExceededLimitBytes.ShouldBe(MaxPayload);
    }

    [Fact]
    public async Task Post_WhoseRequestIsTooLargeWithoutItsEvents_IsStoredWholeAndMarked()
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), null, ("MaxPayloadBytes", $"{MaxPayload}"));

        using var response = await server.SendAsync("POST", Tp2, """{"schema":"s","data":[{"x":"1"},{"x":"2"}]}""", ("X-Long", new string('h', MaxPayload)));

        ((int)response.StatusCode).ShouldBe(200);
        server.Recorded.Only.ExceededLimitBytes.ShouldBe(MaxPayload);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task Post_ThatTheStreamDoesNotTake_IsStoredWithoutItsEndAndSaysSo(int beyond)
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream { MaxPayloadSizeBytes = 260_000 }, null, ("MaxPayloadBytes", $"{MaxPayload}"));
        using (await server.SendAsync("POST", Tp2, new string('z', 100_000))) { }
        server.Recorded.Appended.TryDequeue(out var sample);
        var body = new string('z', 100_000 + 260_000 - sample.Bytes.Length + beyond);

        using var response = await server.SendAsync("POST", Tp2, body);

        ((int)response.StatusCode).ShouldBe(200);
        var (_, _, bytes) = server.Recorded.Appended.ShouldHaveSingleItem();
        bytes.Length.ShouldBe(260_000);
        var stored = RecordingStream.Decode(bytes);
        stored.ExceededLimitBytes.ShouldBe(MaxPayload);
        // Without the mark, which the payload did not have when it came.
        stored.CutFromBytes.ShouldBe(beyond == 0 ? null : 260_000 + beyond - 7);
        Encoding.UTF8.GetString(stored.Body!.Value.Span).ShouldBe(body[..stored.Body.Value.Length]);
    }

    [Theory]
    [InlineData("MaxPayloadBytes", "260001", "Collector:MaxPayloadBytes is 260001, and the raw stream takes payloads of at most 260000 bytes")]
    [InlineData("MaxHeadersBytes", "100000", "Collector:MaxHeadersBytes together must be at most 63976")]
    public async Task Start_WhenTheStreamDoesNotTakeWhatMayCome_NamesTheSetting(string setting, string value, string error)
    {
        var failure = await Should.ThrowAsync<InvalidOperationException>(() =>
            CollectorServer.StartAsync(
                new RecordingStream { MaxPayloadSizeBytes = 260_000 }, null,
                [.. new Dictionary<string, string> { ["MaxPayloadBytes"] = "250000", [setting] = value }.Select(pair => (pair.Key, pair.Value))]));
        failure.Message.ShouldContain(error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Get_AtTheLimitAndOneByteBeyond_IsMarkedOnlyBeyond(int beyond)
    {
        await using var server = await CollectorServer.StartAsync(new RecordingStream(), null, ("MaxPayloadBytes", $"{MaxPayload}"));
        using (await server.SendAsync("GET", "/i?x=")) { }
        server.Recorded.Appended.TryDequeue(out var empty);
        var query = new string('y', MaxPayload - empty.Bytes.Length + beyond);

        using var response = await server.SendAsync("GET", $"/i?x={query}");

        ((int)response.StatusCode).ShouldBe(200);
        server.Recorded.Only.ExceededLimitBytes.ShouldBe(beyond == 0 ? null : MaxPayload);
    }
}
