using System.Text.Json;
using Snowplow.Enrich.JsonSchema;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Adapters;

public sealed class Tp2AdapterTests : IDisposable
{
    private const string Item = """{"e":"pv","p":"web","tv":"js-1","aid":"a"}""";
    private const string PayloadData = "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/";

    private readonly Harness _harness = new();

    [Theory]
    [InlineData("application/json", true)]
    [InlineData("application/json; charset=utf-8", true)]
    [InlineData("application/json; charset=UTF-8", true)]
    [InlineData("Application/JSON ;charset=\"utf-8\"; x=y", true)]
    [InlineData("text/plain", true)]
    [InlineData("text/plain;charset=UTF-8", true)]
    [InlineData(null, true)]
    [InlineData("application/x-www-form-urlencoded", false)]
    [InlineData("application/jsonx", false)]
    [InlineData("", false)]
    public async Task Post_WithAContentType_IsReadOrRefused(string? contentType, bool isRead)
    {
        var outcome = await _harness.ProcessAsync(Harness.PostItems(Item) with { ContentType = contentType });
        if (isRead) outcome.Event.Text(EventField.AppId).ShouldBe("a");
        else Message(outcome).GetProperty("field").GetString().ShouldBe("contentType");
    }

    [Fact]
    public async Task Request_WithoutBody_IsAnEventOfItsQuery()
    {
        (await _harness.ProcessAsync(Harness.Request with { Querystring = "e=pv&p=web&aid=q" })).Event.Text(EventField.AppId).ShouldBe("q");
        Message(await _harness.ProcessAsync(Harness.Request)).GetProperty("field").GetString().ShouldBe("body");
        Message(await _harness.ProcessAsync(Harness.Request with { Querystring = "e=pv", ContentType = "application/json" }))
            .GetProperty("field").GetString().ShouldBe("body");
        Message(await _harness.ProcessAsync(Harness.Request with { Body = ReadOnlyMemory<byte>.Empty })).GetProperty("field").GetString().ShouldBe("body");
    }

    [Fact]
    public async Task Item_WithManyUnknownParameters_IsRefusedForTheFirstOfThem()
    {
        var unknown = string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"x{i}\":\"\""));
        var message = Message(await _harness.ProcessAsync(Harness.PostItems($$"""{"e":"pv","p":"web","tv":"t",{{unknown}}}""")));
        message.GetProperty("error").GetProperty("dataReports").GetArrayLength().ShouldBe(CompiledSchema.MaxReports);
    }

    [Fact]
    public async Task Post_WithAQuery_LetsTheQueryWin()
    {
        var outcome = await _harness.ProcessAsync(Harness.PostItems(Item, Item) with { Querystring = "aid=query&cv=c" });
        outcome.Good.Count.ShouldBe(2);
        outcome.Good[1].Text(EventField.AppId).ShouldBe("query");
        outcome.Good[1].Text(EventField.VCollector).ShouldBe("c");
    }

    // body | the member of the message that tells which shape it has | its value
    [Theory]
    [InlineData("{", "error", null)]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[]} x""", "error", null)]
    [InlineData("[]", "error", "INVALID_DATA_PAYLOAD")]
    [InlineData("3", "error", "INVALID_DATA_PAYLOAD")]
    [InlineData("""{"data":[]}""", "error", "INVALID_DATA_PAYLOAD")]
    [InlineData("""{"schema":7,"data":[]}""", "error", "INVALID_DATA_PAYLOAD")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4"}""", "error", "INVALID_DATA_PAYLOAD")]
    [InlineData("""{"schema":"payload_data","data":[]}""", "error", "INVALID_IGLUURI")]
    [InlineData("""{"schema":"iglu:com.acme/payload_data/jsonschema/1-0-4","data":[]}""", "schemaCriterion", "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-*")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/2-0-0","data":[]}""", "schemaCriterion", "iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-*")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":{}}""", "schemaKey", PayloadData + "1-0-4")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow/payload_data/jsonschema/1-0-4","data":[]}""", "schemaKey", PayloadData + "1-0-4")]
    public async Task Body_ThatIsNoPayloadData_FailsAsAWhole(string body, string member, string? expected)
    {
        var outcome = await _harness.ProcessAsync(Harness.Post(body));
        var value = Message(outcome).GetProperty(member).GetString();
        if (expected is not null) value.ShouldBe(expected);
        outcome.BadRow.Payload.GetProperty("body").GetString().ShouldBe(body);
    }

    // item | the report's keyword and first target
    [Theory]
    [InlineData("""{"e":"pv","p":"web","tv":"t","nope":"x"}""", "additionalProperties", "nope")]
    [InlineData("""{"e":"pv","p":"web","tv":"t","cv":"x"}""", "additionalProperties", "cv")]
    [InlineData("""{"e":"pv","p":"web","tv":"t","vid":1}""", "type", "string")]
    [InlineData("""{"e":"pv","p":"web","tv":"t","co":{"a":[1]}}""", "type", "string")]
    [InlineData("""{"e":"pv","p":"web","tv":"t","aid":null}""", "type", "string")]
    [InlineData("""{"p":"web","tv":"t"}""", "required", "e")]
    [InlineData("""{"e":"pv","tv":"t"}""", "required", "p")]
    [InlineData("""{"e":"pv","p":"web"}""", "required", "tv")]
    [InlineData("{}", "required", "e")]
    [InlineData("[1,[2]]", "type", "object")]
    [InlineData("\"e\"", "type", "object")]
    public async Task Item_ThatIsInvalid_FailsAloneAndCanBeSentAgain(string item, string keyword, string target)
    {
        var outcome = await _harness.ProcessAsync(Harness.PostItems(Item, item, Item));
        outcome.Counts.ShouldBe(new EnrichCounts(2, 1));
        var row = outcome.Bad.ShouldHaveSingleItem();
        row.Type.ShouldBe("tracker_protocol_violations");
        var report = row.Failure.GetProperty("messages")[0].GetProperty("error").GetProperty("dataReports")[0];
        report.GetProperty("keyword").GetString().ShouldBe(keyword);
        report.GetProperty("targets")[0].GetString().ShouldBe(target);

        using var body = JsonDocument.Parse(row.Payload.GetProperty("body").GetString()!);
        body.RootElement.GetProperty("data").GetArrayLength().ShouldBe(1);
        body.RootElement.GetProperty("data")[0].GetRawText().ShouldBe(item);

        var again = await _harness.ProcessAsync(Harness.Post(body.RootElement.GetRawText()));
        again.BadRow.Failure.GetProperty("messages").GetRawText().ShouldBe(row.Failure.GetProperty("messages").GetRawText());
    }

    [Theory]
    [InlineData("1-0-0", "ua", 1)]
    [InlineData("1-0-1", "ua", 0)]
    [InlineData("1-0-1", "tnuid", 1)]
    [InlineData("1-0-2", "stm", 1)]
    [InlineData("1-0-3", "stm", 0)]
    [InlineData("1-0-3", "ttm", 1)]
    [InlineData("1-0-4", "ttm", 0)]
    [InlineData("1-0-9", "ttm", 0)]
    public async Task Item_OfAVersion_MayHoldWhatThatVersionLists(string version, string parameter, int bad)
    {
        var outcome = await _harness.ProcessAsync(Harness.Post(
            $$"""{"schema":"{{PayloadData}}{{version}}","data":[{"e":"pv","p":"web","tv":"t","{{parameter}}":"1"}]}"""));
        outcome.Counts.ShouldBe(new EnrichCounts(1 - bad, bad));
    }

    [Fact]
    public async Task Body_WithDataBeforeSchemaAndEscapes_IsRead()
    {
        var outcome = await _harness.ProcessAsync(Harness.Post(
            """ { "data" : [ {"e":"pv","p":"web","tv":"t","\u0061id":"a\t\u00e9\ud83d\"\\/"} ], "extra": [1], "schema" : "iglu:com.snowplowanalytics.snowplow\/payload_data\/jsonschema\/1-0-4" } """));
        outcome.Event.Text(EventField.AppId).ShouldBe("a    é\ufffd\"\\/");
    }

    [Fact]
    public async Task Items_WithoutEventId_GetTheIdOfTheirPlaceWhateverElseFails()
    {
        var outcome = await _harness.ProcessAsync(Harness.PostItems("{}", Item));
        outcome.Good[0].Text(EventField.EventId).ShouldBe(EventId.FromPayload(Harness.PayloadId, 1).ToString());
    }

    [Fact]
    public async Task Body_WithMoreItemsThanAllowed_IsOneBadRow()
    {
        var outcome = await _harness.ProcessAsync(Harness.PostItems([.. Enumerable.Repeat("1", 5001)]));
        outcome.BadRow.Failure.GetRawText().ShouldContain("maxItems");
        (await _harness.ProcessAsync(Harness.PostItems([.. Enumerable.Repeat("1", 5000)]))).Counts.Bad.ShouldBe(5000);
    }

    [Fact]
    public async Task Path_WithoutAdapter_IsAnAdapterFailureWithThePayload()
    {
        var payload = Harness.Post("some text", "text/csv") with { Path = "/com.acme/v1", Querystring = "a=1&b" };
        var row = (await _harness.ProcessAsync(payload)).BadRow;
        row.Type.ShouldBe("adapter_failures");
        row.Payload.GetProperty("body").GetString().ShouldBe("some text");
        row.Payload.GetProperty("querystring").GetRawText().ShouldBe("""[{"name":"a","value":"1"},{"name":"b","value":null}]""");
        row.Payload.GetProperty("networkUserId").GetString().ShouldBe(payload.NetworkUserId);
        row.Failure.GetProperty("vendor").GetString().ShouldBe("com.acme");
    }

    [Fact]
    public async Task Pixel_WithoutQuery_IsAnAdapterFailure() =>
        (await _harness.ProcessAsync(Harness.Get(""))).BadRow.Type.ShouldBe("adapter_failures");

    private static JsonElement Message(Outcome outcome)
    {
        outcome.BadRow.Type.ShouldBe("tracker_protocol_violations");
        return outcome.BadRow.Failure.GetProperty("messages")[0];
    }

    public void Dispose() => _harness.Dispose();
}
