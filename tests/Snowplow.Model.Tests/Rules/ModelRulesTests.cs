using System.Text;
using Snowplow.Model.Rules;
using Snowplow.Model.Sessions;

namespace Snowplow.Model.Tests.Rules;

public sealed class ModelRulesTests
{
    [Fact]
    public void Default_Always_HasSnowplowsNumbersAndNoConversions()
    {
        ModelRules.Default.Version.ShouldBe(0);
        ModelRules.Default.Sessions.ShouldBe(SessionRules.Default);
        ModelRules.Default.Conversions.ShouldBeEmpty();
    }

    [Fact]
    public void DefaultJson_WithAVersion_IsAUsersDocument()
    {
        var json = Encoding.UTF8.GetString(ModelRules.DefaultJson.Span);
        ModelRules.Parse(RuleLine.Utf8("{ \"version\": 7," + json[1..])).Version.ShouldBe(7);
    }

    [Fact]
    public void Parse_WithAllMembers_TakesThem()
    {
        var rules = ModelRules.Parse(RuleLine.Utf8("""
            {
              // Comments are allowed.
              "version": 3, "heartbeat": 15, "min_visit_length": 0, "bot_filter": false,
              "sessions": { "inactivity_gap": 3600, "midnight": "UTC", "new_campaign": true, "max_length": 7200 },
              "content_groups": [{ "name": "news", "when": { "field": "page_urlpath", "starts_with": "/news/" } }],
              "content_group_otherwise": "rest",
              "conversions": [
                { "name": "purchase", "when": { "field": "event_name", "equals": "transaction" }, "value": "tr_total", "default_value": 1.5, "list_events": true },
                { "name": "signup", "when": { "field": "event_name", "equals": "signup" } },
                { "name": "cart", "when": { "field": "contexts_com_acme_cart_1", "is_null": false }, "value": "contexts_com_acme_cart_1.sum" },
              ],
            }
            """));
        rules.Version.ShouldBe(3);
        rules.Sessions.ShouldBe(SessionRules.Default with
        {
            Heartbeat = TimeSpan.FromSeconds(15), MinVisitLength = TimeSpan.Zero, InactivityGap = TimeSpan.FromHours(1),
            Midnight = TimeZoneInfo.Utc, NewCampaign = true, MaxLength = TimeSpan.FromHours(2),
        });
        rules.IsBot(RuleLine.Of("useragent=Googlebot")).ShouldBeFalse();
        rules.ContentGroup(RuleLine.Of("page_urlpath=/news/1")).ShouldBe("news");
        rules.ContentGroup(RuleLine.Of("page_urlpath=/product")).ShouldBe("rest");
        rules.Conversions.Select(conversion => (conversion.Name, conversion.ListEvents)).ShouldBe([("purchase", true), ("signup", false), ("cart", false)]);

        var purchase = rules.Conversions[0];
        purchase.Matches(RuleLine.Of("event_name=transaction")).ShouldBeTrue();
        purchase.Matches(RuleLine.Of("event_name=signup")).ShouldBeFalse();
        purchase.Value(RuleLine.Of("tr_total=99.95")).ShouldBe(99.95);
        purchase.Value(RuleLine.Of("event_name=transaction")).ShouldBe(1.5);
        rules.Conversions[1].Value(RuleLine.Of("event_name=signup")).ShouldBeNull();
        rules.Conversions[2].Value(RuleLine.Of("contexts=" + RuleLine.Contexts(("com.acme/cart/jsonschema/1-0-0", "{\"sum\":7}")))).ShouldBe(7);
        rules.Conversions[2].Value(RuleLine.Of("contexts=" + RuleLine.Contexts(("com.acme/cart/jsonschema/1-0-0", "{\"sum\":\"x\"}")))).ShouldBeNull();
    }

    [Fact]
    public void Parse_OfAPartOfASection_TakesTheRestFromTheDefaults()
    {
        var rules = ModelRules.Parse(RuleLine.Utf8("\uFEFF" + """
            { "version": 1, "bot_filter": { "useragent": false }, "content_group_otherwise": "rest", "channel_groups": { "otherwise": "none" } }
            """));
        rules.Sessions.ShouldBe(SessionRules.Default);
        rules.IsBot(RuleLine.Of("useragent=Googlebot")).ShouldBeFalse();
        rules.IsBot(RuleLine.Of("derived_contexts=" + BotFilterTests.Iab("true"))).ShouldBeTrue();
        rules.ContentGroup(RuleLine.Of("page_url=https://shop.example/product/1")).ShouldBe("PDP");
        rules.ContentGroup(RuleLine.Of("page_url=https://shop.example/")).ShouldBe("rest");
        rules.ChannelGroup(RuleLine.Of("mkt_source=google")).ShouldBe("Organic Search");
        rules.ChannelGroup(RuleLine.Of("mkt_source=partner")).ShouldBe("none");
    }

    [Theory]
    [InlineData("PDP", "page_url=https://shop.example/product/list")]
    [InlineData("PLP", "page_url=https://shop.example/list")]
    [InlineData("checkout", "page_url=https://shop.example/checkout")]
    [InlineData("homepage", "page_url=https://shop.example/home")]
    [InlineData("other", "page_url=https://shop.example/Product")]
    [InlineData("other", "event_name=page_view")]
    public void ContentGroup_OfTheDefaults_IsSnowplows(string expected, string field) =>
        ModelRules.Default.ContentGroup(RuleLine.Of(field)).ShouldBe(expected);
}
