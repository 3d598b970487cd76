using Snowplow.Enrich.Payloads;

namespace Snowplow.Enrich.Tests.Payloads;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1")]
    [InlineData("10.0.0.1", "203.0.113.9", "X-Forwarded-For: 203.0.113.9")]
    [InlineData("10.0.0.1", "203.0.113.9", "x-forwarded-for: 203.0.113.9, 10.1.1.1")]
    [InlineData("10.0.0.1", "203.0.113.9", "X-Forwarded-For: 203.0.113.9:4711")]
    [InlineData("10.0.0.1", "2001:db8::1", "X-Forwarded-For: \"[2001:db8::1]:4711\"")]
    [InlineData("10.0.0.1", "2001:db8::1", "X-Forwarded-For: 2001:db8::1, 10.1.1.1")]
    [InlineData("10.0.0.1", "10.0.0.1", "X-Forwarded-For: unknown")]
    [InlineData("10.0.0.1", "10.0.0.1", "X-Forwarded-For: 999.0.0.1")]
    [InlineData("10.0.0.1", "198.51.100.7", "X-Forwarded-For: unknown", "X-Forwarded-For: 198.51.100.7")]
    [InlineData("10.0.0.1", "192.0.2.60", "Forwarded: for=192.0.2.60;proto=http")]
    [InlineData("10.0.0.1", "192.0.2.60", "Forwarded: for=192.0.2.60", "Accept: */*")]
    [InlineData("10.0.0.1", "192.0.2.61", "Forwarded: for=192.0.2.60", "forwarded: for=192.0.2.61", "Accept: */*")]
    [InlineData("10.0.0.1", "192.0.2.60", "Forwarded: for=192.0.2.60", "Forwarded: for=_hidden")]
    [InlineData("10.0.0.1", "2001:db8:cafe::17", "Forwarded: for=\"[2001:db8:cafe::17]:4711\"")]
    [InlineData("10.0.0.1", "203.0.113.9", "Forwarded: for=192.0.2.60", "X-Forwarded-For: 203.0.113.9")]
    [InlineData(null, null, "Accept: */*")]
    public void Find_InHeaders_FollowsThePrecedence(string? payloadAddress, string? expected, params string[] headers) =>
        ClientAddress.Find(headers, payloadAddress).ShouldBe(expected);
}
