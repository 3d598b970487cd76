using System.Buffers;
using System.Diagnostics.Metrics;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Pipeline;

public sealed class EnrichPipelineTests
{
    private const string Item = """{"e":"pv","p":"web","tv":"t","aid":"%"}""";

    private const string LinkClick = """{"e":"ue","p":"web","tv":"t","aid":"b","ue_pr":"{\"schema\":\"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0\",\"data\":{\"schema\":\"iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1\",\"data\":{\"targetUrl\":\"https://acme.com/\"}}}"}""";

    [Fact]
    public async Task Event_OnWhichTheProgramFails_IsAGenericErrorThatCanBeReplayedAlone()
    {
        // A validator without a resolver: the program's fault, and only an event with a schema meets it.
        using var client = new HttpClient();
        var validator = new SelfDescribingValidator(null!);
        using var enrichments = EnrichmentSet.Load(Harness.Options, client, validator, TimeProvider.System);
        using var pipeline = new EnrichPipeline(Harness.Options, enrichments, validator, TimeProvider.System);
        using var exceptions = new ExceptionCounter();
        var record = new ArrayBufferWriter<byte>();
        CollectorPayloadWriter.Write(Harness.PostItems(Item.Replace('%', 'a'), LinkClick, Item.Replace('%', 'c')) with { UserAgent = null }, record);
        var enriched = new ArrayBufferWriter<byte>();
        var badRows = new ArrayBufferWriter<byte>();

        var counts = await pipeline.ProcessAsync(new RawPayload(null, "p", 1, record.WrittenMemory), enriched, badRows, CancellationToken.None);

        counts.ShouldBe(new EnrichCounts(2, 1));
        exceptions.Count.ShouldBe(1);
        EnrichedBatch.Parse(enriched.WrittenMemory).Count.ShouldBe(2);
        var row = BadRow.ParseLines(badRows.WrittenMemory).ShouldHaveSingleItem();
        row.Type.ShouldBe("generic_error");
        if (Directory.Exists(SharedFiles.Folder("iglu-central"))) BadRowSchemas.Check(row);
        using var harness = new Harness();
        var again = await harness.ProcessAsync(row.Payload.GetBytesFromBase64(), null);
        again.Event.Text(EventField.AppId).ShouldBe("b");
    }

    [Fact]
    public async Task Record_WhoseEventsWouldComeToFarMoreThanItself_IsOneBadRowWithTheWholePayload()
    {
        using var harness = new Harness();
        var request = Harness.PostItems([.. Enumerable.Repeat("1", 5000)]);

        var outcome = await harness.ProcessAsync(request with { Headers = [$"X-Long: {new string('h', 35_000)}"] });

        outcome.Counts.ShouldBe(new EnrichCounts(0, 1));
        var row = outcome.Bad.ShouldHaveSingleItem();
        row.Type.ShouldBe("tracker_protocol_violations");
        row.Json.ToString().ShouldContain("5000 events");
    }

    [Theory]
    [InlineData(null, "oversized collector payload: GET requests cannot be split")]
    [InlineData(Item, "oversized collector payload: one event alone is too large, or the body is no payload_data that could be split")]
    public async Task Record_ThatTheCollectorMarkedAsTooLarge_IsOneSizeViolationWhoseReplayIsGood(string? item, string expectation)
    {
        using var harness = new Harness();
        var request = item is null ? Harness.Get("e=pv&p=web&tv=t&aid=%25") : Harness.PostItems(item);

        var outcome = await harness.ProcessAsync(request with { ExceededLimitBytes = 100 });

        outcome.Counts.ShouldBe(new EnrichCounts(0, 1));
        outcome.BadRow.Type.ShouldBe("size_violation");
        if (BadRowSchemas.ArePresent) BadRowSchemas.Check(outcome.BadRow);
        var thrift = new ArrayBufferWriter<byte>();
        CollectorPayloadWriter.Write(request, thrift);
        outcome.BadRow.Failure.GetProperty("maximumAllowedSizeBytes").GetInt32().ShouldBe(100);
        outcome.BadRow.Failure.GetProperty("actualSizeBytes").GetInt32().ShouldBe(thrift.WrittenCount);
        outcome.BadRow.Failure.GetProperty("expectation").GetString().ShouldBe(expectation);
        var payload = outcome.BadRow.Payload.GetBytesFromBase64();
        payload.ShouldBe(thrift.WrittenSpan.ToArray());
        (await harness.ProcessAsync(payload, null)).Event.Text(EventField.AppId).ShouldBe("%");
    }

    [Fact]
    public async Task Record_WhoseEndTheCollectorLeftOut_IsOneSizeViolationOfItsWholeSize()
    {
        using var harness = new Harness();

        var outcome = await harness.ProcessAsync(Harness.PostItems(Item) with { ExceededLimitBytes = 100, CutFromBytes = 3_000_000 });

        if (BadRowSchemas.ArePresent) BadRowSchemas.Check(outcome.BadRow);
        outcome.BadRow.Type.ShouldBe("size_violation");
        outcome.BadRow.Failure.GetProperty("actualSizeBytes").GetInt32().ShouldBe(3_000_000);
        outcome.BadRow.Failure.GetProperty("expectation").GetString()!.ShouldContain("its end is left out");
    }

    [Fact]
    public async Task Record_ThatAsksToForget_IsAnEventOfItsOwnKindThatNamesTheKeys()
    {
        using var harness = new Harness();
        var time = new DateTimeOffset(2026, 11, 29, 8, 0, 0, 123, TimeSpan.Zero);
        var receipt = new Guid("6a0c2c9e-41f5-4b0e-a4f4-fb0a90d3c1f4");

        var outcome = await harness.ProcessAsync(ForgetEvent.ToRecord(time, "own-1", receipt, ["d:\"ann\"", "s:1"]).ToArray(), receipt);

        outcome.Counts.ShouldBe(new EnrichCounts(1, 0));
        ForgetEvent.Is(outcome.Event).ShouldBeTrue();
        ForgetEvent.ReadKeys(outcome.Event).ShouldBe(["d:\"ann\"", "s:1"]);
        outcome.Event.Timestamp(EventField.CollectorTstamp).ShouldBe(time);
        outcome.Event.Text(EventField.EventVendor).ShouldBe("com.snowplow.orleans");
        outcome.Event.Text(EventField.EventId).ShouldBe(EventId.FromPayload(receipt, 0).ToString());
        foreach (var field in new[] { EventField.UserId, EventField.DomainUserid, EventField.NetworkUserid, EventField.UserIpaddress, EventField.Useragent })
            outcome.Event.Text(field).ShouldBeNull();
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("no JSON", 0)]
    [InlineData("{}", 0)]
    [InlineData("{\"keys\":[1]}", 0)]
    [InlineData("{\"keys\":[]} and more", 0)]
    [InlineData("{\"keys\":[]}", long.MaxValue)]
    public async Task Record_ThatAsksToForgetButIsDamaged_IsABadRow(string body, long time)
    {
        using var harness = new Harness();
        var outcome = await harness.ProcessAsync(new CollectorPayload { TimestampMs = time, Body = System.Text.Encoding.UTF8.GetBytes(body), IsForget = true, Schema = CollectorPayload.SchemaUri });
        outcome.BadRow.Type.ShouldBe("collector_payload_format_violation");
    }

    [Fact]
    public async Task Cancellation_WhileASchemaIsAwaited_EndsTheCall()
    {
        using var harness = new Harness();
        var value = """{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:com.acme/x/jsonschema/1-0-0","data":{}}}""";
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => harness.ProcessAsync(Harness.PostPageView(("ue_pr", value)), cancellation.Token));
    }

    private sealed class ExceptionCounter : IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly int _thread = Environment.CurrentManagedThreadId;

        public ExceptionCounter()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "snowplow.enrich.exceptions") listener.EnableMeasurementEvents(instrument);
            };
            // Other tests count too; this one's calls complete on its own thread.
            _listener.SetMeasurementEventCallback<long>((_, value, _, _) => Count += Environment.CurrentManagedThreadId == _thread ? value : 0);
            _listener.Start();
        }

        public long Count { get; private set; }

        public void Dispose() => _listener.Dispose();
    }
}
