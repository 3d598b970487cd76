using System.Diagnostics.Metrics;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Enrichments;

/// <summary>Enrichments through the pipeline, as tables: parameters of a page view in, columns out.</summary>
public sealed class EnrichmentTests : IDisposable
{
    private readonly Harness _harness = new();

    // url | column=text pairs
    [Theory]
    [InlineData("https://www.acme.com/a b?c=d#e", "page_url=https://www.acme.com/a%20b?c=d#e page_urlscheme=https page_urlhost=www.acme.com page_urlport=443 page_urlpath=/a%20b page_urlquery=c=d page_urlfragment=e")]
    [InlineData("http://acme.com", "page_urlport=80 page_urlpath= page_urlquery=")]
    [InlineData("http://acme.com:8080/%41?100%", "page_urlport=8080 page_urlpath=/%41 page_urlquery=100%25")]
    [InlineData("app://home", "page_urlscheme=app page_urlhost=home page_urlport=80")]
    [InlineData("http://acme.com/?utm_source=s&utm_medium=m+1&utm_term=%C3%A4&utm_content=&utm_campaign=x%26y", "mkt_source=s mkt_medium=m\u00b71 mkt_term=ä mkt_content= mkt_campaign=x&y")]
    [InlineData("http://acme.com/?utm_source=first&utm_source=second&UTM_MEDIUM=no", "mkt_source=first mkt_medium=")]
    [InlineData("http://acme.com/?u%74m_source=s", "mkt_source=s")]
    [InlineData("http://acme.com/?gclid=g1", "mkt_clickid=g1 mkt_network=Google")]
    [InlineData("http://acme.com/?dclid=d1&msclkid=m1", "mkt_clickid=m1 mkt_network=Microsoft")]
    [InlineData("http://acme.com/?dclid=d1", "mkt_clickid=d1 mkt_network=DoubleClick")]
    [InlineData("http://acme.com/?utm_source=100%", "mkt_source=100%")]
    [InlineData("http://acme.com/?_sp=d-1.1772366399123", "refr_domain_userid=d-1 refr_dvce_tstamp=2026-03-01\u00b711:59:59.123")]
    [InlineData("http://acme.com/?_sp=d-1.1772366399123.s.u.src.web.r", "refr_domain_userid=d-1")]
    [InlineData("http://acme.com/?_sp=d-1", "refr_domain_userid=d-1 refr_dvce_tstamp=")]
    [InlineData("http://acme.com/?_sp=d-1.", "refr_domain_userid=d-1 refr_dvce_tstamp=")]
    [InlineData("http://acme.com/?_sp=1.2.3.4.5.6.7.8", "refr_domain_userid=")]
    public async Task PageUrl_OfAnEvent_FillsColumns(string url, string expected) =>
        Check((await _harness.ProcessAsync(Harness.PostPageView(("url", url)))).Event, expected);

    [Theory]
    [InlineData("http://acme.com/x", "https://acme.com/y?q#f", "refr_medium=internal refr_urlscheme=https refr_urlhost=acme.com refr_urlport=443 refr_urlpath=/y refr_urlquery=q refr_urlfragment=f")]
    [InlineData("http://acme.com/x", "http://www.acme.com/", "refr_medium=unknown refr_urlhost=www.acme.com refr_urlport=80")]
    [InlineData("http://acme.com/x", "ftp://acme.com/", "refr_medium= refr_urlscheme=ftp")]
    [InlineData("", "http://acme.com/", "refr_medium=unknown refr_urlhost=acme.com")]
    public async Task Referrer_OfAnEvent_FillsColumns(string url, string referrer, string expected) =>
        Check((await _harness.ProcessAsync(Harness.PostPageView(("url", url), ("refr", referrer)))).Event, expected);

    [Fact]
    public async Task PageUrl_WhenAbsent_IsTheReferer()
    {
        var e = (await _harness.ProcessAsync(Harness.PostPageView() with { RefererUri = "http://acme.com/from header" })).Event;
        Check(e, "page_url=http://acme.com/from%20header page_urlpath=/from%20header");
    }

    // dtm, stm and ttm relative to the collector's time in ms | derived relative to it
    [Theory]
    [InlineData(null, null, null, 0)]
    [InlineData(-5000, -1000, null, -4000)]
    [InlineData(-5000, null, null, 0)]
    [InlineData(null, -1000, null, 0)]
    [InlineData(-1000, -1000, null, 0)]
    [InlineData(-1000, -5000, null, 0)]
    [InlineData(-5000, -1000, -777, -777)]
    public async Task DerivedTimestamp_OfTimes_FollowsTheRule(int? created, int? sent, int? trueTime, int expected)
    {
        var parameters = new List<(string, string)>();
        Add("dtm", created);
        Add("stm", sent);
        Add("ttm", trueTime);
        var e = (await _harness.ProcessAsync(Harness.PostPageView([.. parameters]))).Event;
        e.Timestamp(EventField.DerivedTstamp).ShouldBe(DateTimeOffset.FromUnixTimeMilliseconds(Harness.Request.TimestampMs + expected));

        void Add(string name, int? offset)
        {
            if (offset is { } ms) parameters.Add((name, $"{Harness.Request.TimestampMs + ms}"));
        }
    }

    [Fact]
    public async Task DerivedTimestamp_WhenTheDeviceClockIsAbsurd_IsTheCollectors() =>
        Check(
            (await _harness.ProcessAsync(Harness.PostPageView(("dtm", "-62135596800000"), ("stm", "253402300799999")))).Event,
            "derived_tstamp=2026-03-01\u00b712:00:00.000");

    [Theory]
    [InlineData("pv", "com.snowplowanalytics.snowplow page_view jsonschema 1-0-0")]
    [InlineData("pp", "com.snowplowanalytics.snowplow page_ping jsonschema 1-0-0")]
    [InlineData("tr", "com.snowplowanalytics.snowplow transaction jsonschema 1-0-0")]
    [InlineData("ti", "com.snowplowanalytics.snowplow transaction_item jsonschema 1-0-0")]
    [InlineData("se", "com.google.analytics event jsonschema 1-0-0")]
    [InlineData("ue", "   ")]
    public async Task SchemaFields_OfAnEventType_AreItsNames(string type, string expected)
    {
        var e = (await _harness.ProcessAsync(Harness.PostPageView(("e", type)))).Event;
        string.Join(' ', e.Text(EventField.EventVendor), e.Text(EventField.EventName), e.Text(EventField.EventFormat), e.Text(EventField.EventVersion))
            .ShouldBe(expected);
    }

    // Parameters | the field that the failure names
    [Theory]
    [InlineData("url", "http:", "page_url")]
    [InlineData("refr", "http:", "page_referrer")]
    [InlineData("url", "http://acme.com/?_sp=d.yesterday", "page_urlquery")]
    [InlineData("e", "ad", "event")]
    public async Task Enrichment_ThatFails_MakesTheEventAnEnrichmentFailure(string parameter, string value, string field)
    {
        var row = (await _harness.ProcessAsync(Harness.PostPageView((parameter, value)))).BadRow;
        row.Type.ShouldBe("enrichment_failures");
        row.Failure.GetProperty("messages")[0].GetProperty("message").GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task Event_WithFaultsOfSeveralKinds_ReportsTheInputsOnly()
    {
        var row = (await _harness.ProcessAsync(Harness.PostPageView(("url", "http:"), ("vid", "x"), ("aid", new string('a', 300))))).BadRow;
        row.Type.ShouldBe("schema_violations");
        row.Failure.GetRawText().ShouldContain("atomic_field_parse_error");
        row.Failure.GetRawText().ShouldNotContain("atomic_field_length_exceeded");
    }

    [Fact]
    public async Task Collector_WithoutName_IsAnEnrichmentFailure() =>
        (await _harness.ProcessAsync(Harness.PostPageView() with { Collector = null })).BadRow.Type.ShouldBe("enrichment_failures");

    [Fact]
    public async Task Text_OverItsLimit_IsRefusedOrCutAtAWholeCharacter()
    {
        var payload = Harness.PostPageView(("aid", new string('a', 254) + "😀b"), ("uid", new string('ä', 255)));
        var row = (await _harness.ProcessAsync(payload)).BadRow;
        row.Type.ShouldBe("schema_violations");
        var report = row.Failure.GetProperty("messages")[0].GetProperty("error").GetProperty("dataReports").EnumerateArray().ShouldHaveSingleItem();
        report.GetProperty("message").GetString().ShouldBe("Field is longer than maximum allowed size 255");
        report.GetProperty("path").GetString().ShouldBe("app_id");

        using var truncating = new Harness(Harness.Options with { OverlongText = OverlongText.Truncate });
        var e = (await truncating.ProcessAsync(payload)).Event;
        e.Text(EventField.AppId).ShouldBe(new string('a', 254));
        e.Text(EventField.UserId).ShouldBe(new string('ä', 255));
    }

    [Fact]
    public async Task Text_OverItsLimit_PassesAndIsCountedWhereItIsAccepted()
    {
        long counted = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, meters) =>
        {
            if (instrument.Name == "snowplow.enrich.invalid_enriched") meters.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        listener.Start();
        using var accepting = new Harness(Harness.Options with { OverlongText = OverlongText.Accept });
        var text = new string('a', 300);
        (await accepting.ProcessAsync(Harness.PostPageView(("aid", text), ("uid", text)))).Event.Text(EventField.AppId).ShouldBe(text);
        (await accepting.ProcessAsync(Harness.PostPageView(("aid", "a")))).Event.Text(EventField.AppId).ShouldBe("a");
        counted.ShouldBe(1);
    }

    [Theory]
    [InlineData(300, 300, true)]
    [InlineData(300, 301, false)]
    [InlineData(3, 4, false)]
    public async Task Text_WithALimitOfOnesOwn_IsHeldToThat(int limit, int length, bool isGood)
    {
        using var harness = new Harness(Harness.Options with { AtomicFieldLimits = new Dictionary<string, int> { ["app_id"] = limit } });
        var outcome = await harness.ProcessAsync(Harness.PostPageView(("aid", new string('a', length)), ("uid", new string('u', 255))));
        outcome.Counts.ShouldBe(isGood ? new EnrichCounts(1, 0) : new EnrichCounts(0, 1, Failed: 1));
        if (!isGood) outcome.BadRow.Failure.GetRawText().ShouldContain($"maximum allowed size {limit}");
    }

    [Theory]
    [InlineData("aid", 1, "Enrich:AtomicFieldLimits:aid: there is no field of this name")]
    [InlineData("txn_id", 1, "Enrich:AtomicFieldLimits:txn_id: this field is no text")]
    [InlineData("contexts", 1, "Enrich:AtomicFieldLimits:contexts: this field is no text")]
    [InlineData("app_id", 0, "Enrich:AtomicFieldLimits:app_id must be at least 1")]
    public void Options_WithImpossibleLimits_SayWhich(string field, int limit, string expected) =>
        (Harness.Options with { AtomicFieldLimits = new Dictionary<string, int> { [field] = limit } }).Validate()
            .ShouldHaveSingleItem().ShouldStartWith(expected);

    [Fact]
    public async Task Event_OverTheSizeLimit_IsASizeViolationWithTheEventAlone()
    {
        using var harness = new Harness(Harness.Options with { MaxEventBytes = 500 });
        var outcome = await harness.ProcessAsync(
            Harness.PostItems("""{"e":"pv","p":"web","tv":"t"}""", $$"""{"e":"pv","p":"web","tv":"t","uid":"{{new string('u', 255)}}"}""") with { UserAgent = null });
        outcome.Counts.ShouldBe(new EnrichCounts(1, 1));
        outcome.Bad[0].Type.ShouldBe("size_violation");
        var again = await _harness.ProcessAsync(outcome.Bad[0].Payload.GetBytesFromBase64(), null);
        again.Event.Text(EventField.UserId).ShouldBe(new string('u', 255));
    }

    [Fact]
    public async Task Campaign_WithOwnLists_TakesTheFirstPresent()
    {
        using var files = EnrichmentFiles.Of("com.snowplowanalytics.snowplow/campaign_attribution/1-0-1", """
            {"mapping":"static","fields":{"mktMedium":["legacy_medium","utm_medium"],"mktSource":[],"mktTerm":[],"mktContent":[],"mktCampaign":[],"mktClickId":{"acid":"Acme"}}}
            """);
        using var harness = new Harness(files.Options);
        Check(
            (await harness.ProcessAsync(Harness.PostPageView(("url", "http://a.com/?utm_medium=b&legacy_medium=a&acid=7&gclid=8")))).Event,
            "mkt_medium=a mkt_clickid=7 mkt_network=Acme");
        Check((await harness.ProcessAsync(Harness.PostPageView(("url", "http://a.com/?utm_medium=b&legacy_medium=")))).Event, "mkt_medium=");
    }

    [Fact]
    public async Task Request_OfAnEvent_FillsItsColumns()
    {
        var payload = Harness.PostPageView() with { UserAgent = "a\tb\nc", Headers = ["X-Forwarded-For: 198.51.100.7"] };
        Check(
            (await _harness.ProcessAsync(payload)).Event,
            "useragent=a\u00b7\u00b7\u00b7\u00b7bc user_ipaddress=198.51.100.7 network_userid=11111111-2222-4333-8444-555555555555 "
            + "v_collector=snowplow-orleans-0.1.0 v_etl=snowplow-orleans-0.1.0 collector_tstamp=2026-03-01\u00b712:00:00.000 "
            + "etl_tstamp=2026-03-01\u00b712:00:00.500");
        Check((await _harness.ProcessAsync(payload with { IpAddress = "unknown", Headers = null })).Event, "user_ipaddress=unknown");
    }

    [Fact]
    public async Task Request_OfAnImpossibleTime_IsASchemaViolation() =>
        (await _harness.ProcessAsync(Harness.PostPageView() with { TimestampMs = long.MaxValue })).BadRow.Failure.GetRawText()
            .ShouldContain("collector_tstamp");

    [Fact]
    public async Task EventId_WithoutPayloadId_IsOfThePosition() =>
        Check(
            (await _harness.ProcessAsync(Thrift(Harness.PostPageView()), payloadId: null)).Event,
            $"event_id={EventId.FromPosition("rawlog-3", 42, 0)}");

    private static ReadOnlyMemory<byte> Thrift(Snowplow.Events.Collector.CollectorPayload payload)
    {
        var record = new System.Buffers.ArrayBufferWriter<byte>();
        Snowplow.Events.Collector.CollectorPayloadWriter.Write(payload, record);
        return record.WrittenMemory;
    }

    // In the expected text a middle dot stands for a space within a value.
    private static void Check(EnrichedEvent e, string expected)
    {
        foreach (var pair in expected.Split(' '))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            EventFields.TryParse(pair[..equals], out var field).ShouldBeTrue(pair);
            (e.Text(field) ?? "").ShouldBe(pair[(equals + 1)..].Replace('\u00b7', ' '), pair);
        }
    }

    public void Dispose() => _harness.Dispose();
}
