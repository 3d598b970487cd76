using Snowplow.Enrich.Payloads;

namespace Snowplow.Enrich.Tests.Payloads;

public sealed class NetworkUserIdTests
{
    [Theory]
    [InlineData("11111111-2222-4333-8444-555555555555", "11111111-2222-4333-8444-555555555555")]
    [InlineData("ABCDEF01-2222-4333-8444-555555555555", "abcdef01-2222-4333-8444-555555555555")]
    [InlineData("1-2-3-4-A", "00000001-0002-0003-0004-00000000000a")]
    [InlineData("", null)]
    [InlineData("1-2-3-4", null)]
    [InlineData("1-2-3-4-5-6", null)]
    [InlineData("1-2-3-4-", null)]
    [InlineData("g-2-3-4-5", null)]
    [InlineData("123456789-2-3-4-5", null)]
    [InlineData("11111111222243338444555555555555", null)]
    [InlineData("{1111111-2222-4333-8444-55555555555}", null)]
    public void Normalise_OfAText_ReadsWhatJavaReads(string text, string? expected) => NetworkUserId.Normalise(text).ShouldBe(expected);
}
