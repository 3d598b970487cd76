using System.Buffers;
using System.Text;
using System.Text.Json;
using Snowplow.Events.Enriched;

namespace Snowplow.Events.Tests.Enriched;

public sealed class EnrichedEventJsonTests
{
    [Theory]
    [InlineData(EventField.AppId, "shop", "app_id", "\"shop\"")]
    [InlineData(EventField.CollectorTstamp, "2026-03-01 10:00:00.250", "collector_tstamp", "\"2026-03-01T10:00:00.250Z\"")]
    [InlineData(EventField.DerivedTstamp, "2026-03-01 10:00:00.000", "derived_tstamp", "\"2026-03-01T10:00:00Z\"")]
    [InlineData(EventField.RefrDvceTstamp, "2026-03-01 10:00:00", "refr_device_tstamp", "\"2026-03-01T10:00:00Z\"")]
    [InlineData(EventField.EtlTstamp, "yesterday", "etl_tstamp", "\"yesterday\"")]
    [InlineData(EventField.TxnId, "-12", "txn_id", "-12")]
    [InlineData(EventField.TxnId, "x", "txn_id", "\"x\"")]
    [InlineData(EventField.TrTotal, "1E+3", "tr_total", "1E+3")]
    [InlineData(EventField.SeValue, "12.50", "se_value", "12.50")]
    [InlineData(EventField.GeoLatitude, "NaN", "geo_latitude", "\"NaN\"")]
    [InlineData(EventField.BrCookies, "1", "br_cookies", "true")]
    [InlineData(EventField.BrCookies, "0", "br_cookies", "false")]
    [InlineData(EventField.BrCookies, "", "br_cookies", "null")]
    public void Write_OfAField_GivesItsJsonType(EventField field, string text, string key, string expected) =>
        Json(EventLines.Event((field, text))).GetProperty(key).GetRawText().ShouldBe(expected);

    [Fact]
    public void Write_WhenATypeIsInBothContexts_KeepsTheDerivedOnes()
    {
        var json = Json(EventLines.Event(
            (EventField.Contexts, Entities("""{"schema":"iglu:a/b/jsonschema/1-0-0","data":{"n":1}},{"schema":"iglu:a/c/jsonschema/1-0-0","data":{"n":2}},{"schema":"iglu:a/c/jsonschema/1-0-1","data":{"n":3}}""")),
            (EventField.DerivedContexts, Entities("""{"schema":"iglu:a/b/jsonschema/1-1-0","data":{"n":4}}""")),
            (EventField.UnstructEvent, """{"schema":"iglu:x/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:com.acme/LinkClick/jsonschema/2-0-0","data":{"a":[1]}}}""")));
        json.GetProperty("contexts_a_b_1").GetRawText().ShouldBe("""[{"n":4}]""");
        json.GetProperty("contexts_a_c_1").GetRawText().ShouldBe("""[{"n":2},{"n":3}]""");
        json.GetProperty("unstruct_event_com_acme_link_click_2").GetRawText().ShouldBe("""{"a":[1]}""");
    }

    [Fact]
    public void Write_WhenBothCoordinatesAreKnown_AddsGeoLocation()
    {
        Json(EventLines.Event((EventField.GeoLatitude, "48.1"), (EventField.GeoLongitude, "-11.5")))
            .GetProperty("geo_location").GetString().ShouldBe("48.1,-11.5");
        Json(EventLines.Event((EventField.GeoLatitude, "48.1"))).TryGetProperty("geo_location", out _).ShouldBeFalse();
    }

    private static string Entities(string items) => $$"""{"schema":"iglu:x/contexts/jsonschema/1-0-1","data":[{{items}}]}""";

    private static JsonElement Json(EnrichedEvent e)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer)) EnrichedEventJson.Write(e, writer);
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        document.RootElement.EnumerateObject().Select(p => p.Name).ShouldBeUnique(Encoding.UTF8.GetString(buffer.WrittenSpan));
        return document.RootElement.Clone();
    }
}
