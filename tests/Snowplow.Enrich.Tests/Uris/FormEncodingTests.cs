using System.Text;
using Snowplow.Enrich.Uris;

namespace Snowplow.Enrich.Tests.Uris;

public sealed class FormEncodingTests
{
    [Theory]
    [InlineData("a+b%20c", "a b c")]
    [InlineData("%C3%A4%e2%82%ac", "ä€")]
    [InlineData("100%", "100%")]
    [InlineData("%zz%4", "%zz%4")]
    [InlineData("", "")]
    public void Decode_OfAValue_GivesItsText(string encoded, string expected)
    {
        var destination = new byte[encoded.Length];
        var length = FormEncoding.Decode(Encoding.UTF8.GetBytes(encoded), destination);
        Encoding.UTF8.GetString(destination, 0, length).ShouldBe(expected);
    }

    [Theory]
    [InlineData("a=1&b=2", "a:1 b:2")]
    [InlineData("&&a&=x&b==y&", "a: :x b:=y")]
    [InlineData("", "")]
    public void FormPairs_OfAQuery_GivesItsPairs(string query, string expected)
    {
        var pairs = new FormPairs(Encoding.UTF8.GetBytes(query));
        var found = new List<string>();
        while (pairs.MoveNext()) found.Add($"{Encoding.UTF8.GetString(pairs.Name)}:{Encoding.UTF8.GetString(pairs.Value)}");
        string.Join(' ', found).ShouldBe(expected);
    }
}
