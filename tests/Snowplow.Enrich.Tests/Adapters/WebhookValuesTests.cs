using System.Text;
using Snowplow.Enrich.Adapters;
using Snowplow.Enrich.Adapters.Webhooks;
using Snowplow.Enrich.Adapters.Webhooks.GoogleAnalytics;

namespace Snowplow.Enrich.Tests.Adapters;

/// <summary>The small rules that webhooks share.</summary>
public sealed class WebhookValuesTests
{
    private static readonly KeyValueFormat Format = new() { Booleans = ["b"], Integers = ["i"], Times = ["t"] };

    [Theory]
    [InlineData("first_name", "firstName")]
    [InlineData("Message-Id", "messageId")]
    [InlineData("X-Mailgun-Sid", "xMailgunSid")]
    [InlineData("phoneNumber", "phoneNumber")]
    [InlineData("data.json", "data.json")]
    [InlineData("a--b__c d", "aBCD")]
    [InlineData("_id", "id")]
    [InlineData("-", "")]
    [InlineData("", "")]
    public void CamelCase_OfAName_JoinsItsWords(string name, string expected) => CamelCase.Of(name).ShouldBe(expected);

    [Theory]
    [InlineData("1772366300", "\"2026-03-01T11:58:20.000Z\"")]
    [InlineData("1772366300.1259", "\"2026-03-01T11:58:20.125Z\"")]
    [InlineData("\"1772366300.5\"", "\"2026-03-01T11:58:20.500Z\"")]
    [InlineData("0", "\"1970-01-01T00:00:00.000Z\"")]
    [InlineData("-1", "\"1969-12-31T23:59:59.000Z\"")]
    [InlineData("253402300800", "253402300800")]
    [InlineData("1e999", "1e999")]
    [InlineData("\"soon\"", "\"soon\"")]
    [InlineData("true", "true")]
    [InlineData("{}", "{}")]
    public void Seconds_SinceTheEpoch_BecomeADateTimeOrStay(string json, string expected)
    {
        JsonTree.TryParse(Encoding.UTF8.GetBytes(json), "x", out var value, out _).ShouldBeTrue();
        WebhookTime.FromSeconds(JsonTree.Of(value))!.ToJsonString().ShouldBe(expected);
    }

    [Theory]
    [InlineData("x", "1", "\"1\"")]
    [InlineData("x", "", "null")]
    [InlineData("b", "true", "true")]
    [InlineData("b", "False", "false")]
    [InlineData("b", "1", "\"1\"")]
    [InlineData("b", "", "null")]
    [InlineData("i", "-42", "-42")]
    [InlineData("i", "1.5", "\"1.5\"")]
    [InlineData("i", "99999999999999999999", "\"99999999999999999999\"")]
    [InlineData("t", "2026-03-01 11:58:20", "\"2026-03-01T11:58:20.000Z\"")]
    [InlineData("t", "yesterday", "\"yesterday\"")]
    public void KeyValueFormat_OfAPair_GivesWhatTheKeyWants(string key, string value, string expected)
    {
        var json = Format.ToJson([new(key, value)], name => name);
        (json[key]?.ToJsonString() ?? "null").ShouldBe(expected);
    }

    [Theory]
    [InlineData("15.255", "15.26")]
    [InlineData("15.245", "15.24")]
    [InlineData("-0.015", "-0.02")]
    [InlineData("3", "3")]
    [InlineData("1e2", "100")]
    [InlineData("many", null)]
    [InlineData("1e99", null)]
    public void Money_OfAHit_IsRoundedHalfToEven(string text, string? expected) =>
        (new HitField("tr", "revenue", HitValue.Money).Read(text)?.ToJsonString()).ShouldBe(expected);

    [Theory]
    [InlineData("il1pi22cd3", "il{}pi{}cd{}", new[] { 1, 22, 3 })]
    [InlineData("tid", "tid", new int[0])]
    [InlineData("cd99999", "cd{}", new[] { 0 })]
    [InlineData("1", "{}", new[] { 1 })]
    [InlineData("", "", new int[0])]
    public void HitParameter_OfAName_HoldsItsIndexes(string name, string pattern, int[] indexes)
    {
        var parameter = HitParameter.Parse(name);
        parameter.Pattern.ShouldBe(pattern);
        parameter.Indexes.ShouldBe(indexes);
    }

    [Fact]
    public void JsonTree_OfRepeatedNamesAndLoneSurrogates_KeepsTheLastAndReplacesTheOthers()
    {
        JsonTree.TryParse("""{"a":1,"a":{"x":"\ud800!"},"\udc00":1.50,"n":null}"""u8, "x", out var json, out _).ShouldBeTrue();
        var tree = JsonTree.Of(json)!.AsObject();
        ((string?)tree["a"]!["x"]).ShouldBe("\ufffd!");
        tree["\ufffd"]!.ToJsonString().ShouldBe("1.50");
        tree.Count.ShouldBe(3);
    }
}
