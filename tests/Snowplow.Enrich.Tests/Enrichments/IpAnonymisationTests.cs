using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Enrichments;

public sealed class IpAnonymisationTests
{
    // octets, segments (0 for none) | address | masked
    [Theory]
    [InlineData(1, 0, "203.0.113.9", "203.0.113.x")]
    [InlineData(2, 0, "203.0.113.9", "203.0.x.x")]
    [InlineData(3, 0, "203.0.113.9", "203.x.x.x")]
    [InlineData(4, 0, "203.0.113.9", "x.x.x.x")]
    [InlineData(1, 8, "203.0.113.9", "203.0.113.x")]
    [InlineData(1, 0, "2001:db8::ff00:42:8329", "2001:db8:0:0:0:ff00:42:x")]
    [InlineData(1, 4, "2001:0DB8:0000:0000:0000:FF00:0042:8329", "2001:db8:0:0:x:x:x:x")]
    [InlineData(3, 0, "2001:db8::1", "2001:db8:0:0:0:x:x:x")]
    [InlineData(1, 8, "2001:db8::1", "x:x:x:x:x:x:x:x")]
    [InlineData(1, 2, "::1", "0:0:0:0:0:0:x:x")]
    [InlineData(1, 2, "fe80::1%eth0", "fe80:0:0:0:0:0:x:x")]
    [InlineData(1, 2, "[2001:db8::1]:443", "2001:db8:0:0:0:0:x:x")]
    [InlineData(1, 2, "2001:db8::192.0.2.33", "2001:db8:0:0:0:0:x:x")]
    [InlineData(2, 4, "::FFFF:203.0.113.9", "203.0.x.x")]
    [InlineData(2, 4, "::ffff:cb00:7109", "203.0.x.x")]
    [InlineData(2, 0, "777.2.23.1", "777.2.x.x")]
    [InlineData(3, 0, "777.2.23", "777.x.x")]
    [InlineData(1, 0, "777.2.23", "777.2.23")]
    [InlineData(1, 0, "203.0.113.9:8080", "203.0.113.x")]
    [InlineData(1, 0, "1.2.3.4.5.6", "1.2.3.x.x.x")]
    [InlineData(2, 0, "...", "..x.x")]
    [InlineData(1, 6, "a:b:c:d:e", "a:b:x:x:x")]
    [InlineData(1, 6, "zz:::", "zz::x:x")]
    [InlineData(2, 0, "unknown", "unknown")]
    public async Task Address_OfAnyForm_IsMasked(int octets, int segments, string address, string expected)
    {
        var parameters = segments == 0 ? $$"""{"anonOctets":{{octets}}}""" : $$"""{"anonOctets":{{octets}},"anonSegments":{{segments}}}""";
        using var files = EnrichmentFiles.Of("com.snowplowanalytics.snowplow/anon_ip/1-0-1", parameters);
        using var harness = new Harness(files.Options);
        (await harness.ProcessAsync(Harness.PostPageView(("ip", address)))).Event.Text(EventField.UserIpaddress).ShouldBe(expected);
    }

    [Fact]
    public async Task Address_OfTheRequest_IsMasked()
    {
        using var files = EnrichmentFiles.Of("com.snowplowanalytics.snowplow/anon_ip/1-0-0", """{"anonOctets":2}""");
        using var harness = new Harness(files.Options);
        (await harness.ProcessAsync(Harness.PostPageView() with { Headers = ["X-Forwarded-For: 198.51.100.7"] })).Event.ShouldHave("user_ipaddress=198.51.x.x");
        (await harness.ProcessAsync(Harness.PostPageView() with { IpAddress = null })).Event.ShouldHave("user_ipaddress=");
    }

    [Theory]
    [InlineData("1-0-1", """{"anonOctets":0}""", "anonOctets")]
    [InlineData("1-0-1", """{"anonOctets":5}""", "anonOctets")]
    [InlineData("1-0-1", """{"anonOctets":1.5}""", "parameters.anonOctets: must be 1, 2, 3 or 4.")]
    [InlineData("1-0-1", """{"anonOctets":1,"anonSegments":9}""", "anonSegments")]
    [InlineData("1-0-0", """{"anonOctets":1,"anonSegments":2}""", "anonSegments")]
    [InlineData("1-0-1", """{"anonSegments":2}""", "anonOctets")]
    public void Configuration_ThatIsWrong_IsRefused(string version, string parameters, string expected)
    {
        using var files = EnrichmentFiles.Of($"com.snowplowanalytics.snowplow/anon_ip/{version}", parameters);
        files.ShouldBeRefused(expected);
    }
}
