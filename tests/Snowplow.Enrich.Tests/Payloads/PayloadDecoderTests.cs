using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Tests.Payloads;

public sealed class PayloadDecoderTests : IDisposable
{
    private readonly Harness _harness = new();

    public static TheoryData<string, string?> Paths => new()
    {
        { "/i", "page_view" },
        { "/i?", "page_view" },
        { "/ice.png", "page_view" },
        { "/com.snowplowanalytics.snowplow/tp1", "page_view" },
        { "com.snowplowanalytics.snowplow/tp1/", "page_view" },
        { "/com.snowplowanalytics.snowplow/tp2", "page_view" },
        { "/", null },
        { "", null },
        { "/a", null },
        { "//b", null },
        { "/a/b/c", null },
        { "/index.html", null },
    };

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Path_OfARequest_NamesItsAdapterOrIsAViolation(string path, string? eventType)
    {
        var outcome = await _harness.ProcessAsync(Harness.Get("e=pv&p=web&tv=t") with { Path = path });
        if (eventType is not null) outcome.Event.Text(Snowplow.Events.Enriched.EventField.Event).ShouldBe(eventType);
        else Field(outcome).ShouldBe("path");
    }

    [Fact]
    public async Task Payload_WithoutWhatItNeeds_IsAFormatViolationThatHoldsIt()
    {
        var good = Harness.Get("e=pv&p=web&tv=t");
        Field(await _harness.ProcessAsync(good with { Path = null })).ShouldBe("path");
        Field(await _harness.ProcessAsync(good with { Schema = null })).ShouldBe("schema");
        Field(await _harness.ProcessAsync(good with { Schema = "iglu:com.acme/x/thrift/1-0-0" })).ShouldBe("schema");
        Field(await _harness.ProcessAsync(good with { Encoding = "ISO-8859-1" })).ShouldBe("encoding");
        Field(await _harness.ProcessAsync(good with { Querystring = "e=pv&page=100%" })).ShouldBe("querystring");
        Field(await _harness.ProcessAsync(good with { NetworkUserId = "me" })).ShouldBe("networkUserId");
    }

    [Fact]
    public async Task Record_ThatIsNoThrift_IsAFormatViolationWithItsBytes()
    {
        byte[] record = [1, 2, 3, 0xff];
        var outcome = await _harness.ProcessAsync(record, null);
        outcome.BadRow.Type.ShouldBe("collector_payload_format_violation");
        outcome.BadRow.Payload.GetBytesFromBase64().ShouldBe(record);
        outcome.BadRow.Failure.GetProperty("message").GetProperty("error").GetString().ShouldNotBeNull().ShouldContain("Thrift");
        outcome.Counts.ShouldBe(new EnrichCounts(0, 1));
    }

    [Fact]
    public async Task Body_ThatIsNotUtf8_IsAFormatViolationThatHoldsItsBytes()
    {
        var post = Harness.PostPageView(("page", "caf_"));
        byte[] body = [.. post.Body!.Value.Span];
        body[body.AsSpan().IndexOf("caf_"u8) + 3] = 0xe9;
        var outcome = await _harness.ProcessAsync(post with { Body = body });
        Field(outcome).ShouldBe("body");
        CollectorPayloadReader.TryRead(outcome.BadRow.Payload.GetBytesFromBase64(), out var payload, out _).ShouldBeTrue();
        payload!.Body!.Value.ToArray().ShouldBe(body);
    }

    [Fact]
    public async Task Payload_OfALaterSchemaAddition_IsRead() =>
        (await _harness.ProcessAsync(Harness.Get("e=pv&p=web&tv=t") with { Schema = "iglu:com.snowplowanalytics.snowplow/CollectorPayload/thrift/1-0-7" }))
            .Good.Count.ShouldBe(1);

    private static string? Field(Outcome outcome)
    {
        outcome.BadRow.Type.ShouldBe("collector_payload_format_violation");
        CollectorPayloadReader.TryRead(outcome.BadRow.Payload.GetBytesFromBase64(), out _, out _).ShouldBeTrue();
        return outcome.BadRow.Failure.GetProperty("message").GetProperty("payloadField").GetString();
    }

    public void Dispose() => _harness.Dispose();
}
