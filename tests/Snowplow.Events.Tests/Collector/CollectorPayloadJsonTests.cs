using System.Text;
using Snowplow.Events.Collector;

namespace Snowplow.Events.Tests.Collector;

public sealed class CollectorPayloadJsonTests
{
    [Fact]
    public void TryRead_WhenAllFieldsAreThere_ReadsThem()
    {
        CollectorPayloadJson.TryRead(
            """
            {"ipAddress":"1.2.3.4","timestamp":1772366400000,"encoding":"UTF-8","collector":"c-1","userAgent":"ua","refererUri":"r","path":"/i",
             "querystring":"e=pv","body":"é\ud83d","headers":["A: b","C: d"],"contentType":"t","hostname":"h","networkUserId":"n","schema":"s"}
            """u8, out var payload, out var error).ShouldBeTrue(error);

        (payload!.IpAddress, payload.TimestampMs, payload.Encoding, payload.Collector, payload.UserAgent).ShouldBe(("1.2.3.4", 1772366400000, "UTF-8", "c-1", "ua"));
        (payload.RefererUri, payload.Path, payload.Querystring, payload.ContentType).ShouldBe(("r", "/i", "e=pv", "t"));
        (payload.Hostname, payload.NetworkUserId, payload.Schema).ShouldBe(("h", "n", "s"));
        payload.Headers.ShouldBe(["A: b", "C: d"]);
        Encoding.UTF8.GetString(payload.Body!.Value.Span).ShouldBe("é\ufffd");
    }

    [Fact]
    public void TryRead_WhenOptionalFieldsAreAbsentOrNull_TakesWhatLoadersNeed()
    {
        CollectorPayloadJson.TryRead("""{"timestamp":1,"path":"/i","hostname":null,"bodyBase64":"AP8="}"""u8, out var payload, out _).ShouldBeTrue();

        (payload!.Schema, payload.Encoding, payload.Collector, payload.Hostname).ShouldBe((CollectorPayload.SchemaUri, "UTF-8", "unknown", null));
        payload.Body!.Value.ToArray().ShouldBe(new byte[] { 0, 255 });
    }

    [Theory]
    [InlineData("", "this is no JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("""{"timestamp":1""", "this is no JSON")]
    [InlineData("""{"timestamp":1} x""", "this is no JSON")]
    [InlineData("""{"path":"/i"}""", "timestamp is missing")]
    [InlineData("""{"timestamp":null}""", "timestamp is missing")]
    [InlineData("""{"timestamp":"2026-01-01T00:00:00Z"}""", "timestamp must be a number")]
    [InlineData("""{"timestamp":1.5}""", "timestamp must be a number")]
    [InlineData("""{"timestamp":1,"path":5}""", "path must be a string")]
    [InlineData("""{"timestamp":1,"headers":"a"}""", "headers must be an array of strings")]
    [InlineData("""{"timestamp":1,"headers":["a",{"b":[1]}]}""", "headers must be an array of strings")]
    [InlineData("""{"timestamp":1,"bodyBase64":"?"}""", "bodyBase64 must be base64")]
    [InlineData("""{"timestamp":1,"useragent":"x"}""", "'useragent' is no field of a collector payload")]
    [InlineData("""{"timestamp":1,"other":{"a":1}}""", "'other' is no field of a collector payload")]
    public void TryRead_WhenTextIsNoPayload_SaysWhy(string json, string message)
    {
        CollectorPayloadJson.TryRead(Encoding.UTF8.GetBytes(json), out _, out var error).ShouldBeFalse();

        error.ShouldContain(message);
    }
}
