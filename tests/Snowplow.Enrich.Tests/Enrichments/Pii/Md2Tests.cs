using System.Text;
using Snowplow.Enrich.Enrichments.Pii;

namespace Snowplow.Enrich.Tests.Enrichments.Pii;

public sealed class Md2Tests
{
    // RFC 1319, A.5
    [Theory]
    [InlineData("", "8350e5a3e24c153df2275c9f80692773")]
    [InlineData("a", "32ec01ec4a6dac72c0ab96fb34c0b5d1")]
    [InlineData("abc", "da853b0d3f88d99b30283a69e6ded6bb")]
    [InlineData("message digest", "ab4f496bfb2a530b219ff33031fe06b0")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "4e8ddff3650292ab5a4108c3aa47940b")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "da33def2a42df13975352846c30338cd")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345678901234567890", "d5976f79d83d3a0dc9806c3c66f3efd8")]
    public void HashData_OfTheVectorsOfItsRfc_IsAsThere(string text, string expected) =>
        Convert.ToHexStringLower(Md2.HashData(Encoding.ASCII.GetBytes(text))).ShouldBe(expected);
}
