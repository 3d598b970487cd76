using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using System.Text.Json;

namespace Snowplow.Events.Tests;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("""{ "a" : [ 1 , 2.50 ] , "b c": "x  y\" \\" }""", """{"a":[1,2.50],"b c":"x  y\" \\"}""")]
    [InlineData("\n[\r\n\t\"\\t\u007f\"]\n", "[\"\\t\\u007f\"]")]
    [InlineData("1", "1")]
    [InlineData("\"\"", "\"\"")]
    public void WriteCompact_OfValidJson_DropsTheSpaceBetweenTokensOnly(string json, string expected)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonText.WriteCompact(Encoding.UTF8.GetBytes(json), output);
        Encoding.UTF8.GetString(output.WrittenSpan).ShouldBe(expected);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(@"\b\f\n\r\t\/\\\""", "\b\f\n\r\t/\\\"")]
    [InlineData(@"a\u00e9\ud83d\ude00z", "aé😀z")]
    [InlineData(@"cut \ud83d", "cut \ufffd")]
    [InlineData(@"\ude00\ud83d\u0041", "\ufffd\ufffdA")]
    public void Unescape_OfAStringsInside_GivesItsText(string escaped, string expected)
    {
        var input = Encoding.UTF8.GetBytes(escaped);
        var output = new byte[input.Length];
        Encoding.UTF8.GetString(output, 0, JsonText.Unescape(input, output)).ShouldBe(expected);
    }

    [Fact]
    public void Unescape_OfWhatSystemTextJsonEscaped_GivesTheTextBack() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var clean = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? ""));
            var json = JsonSerializer.SerializeToUtf8Bytes(clean);
            var output = new byte[json.Length];
            return Encoding.UTF8.GetString(output, 0, JsonText.Unescape(json.AsSpan(1, json.Length - 2), output)) == clean;
        }).QuickCheckThrowOnFailure();
}
