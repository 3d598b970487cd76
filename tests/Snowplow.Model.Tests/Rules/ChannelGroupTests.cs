using Snowplow.Model.Rules;

namespace Snowplow.Model.Tests.Rules;

public sealed class ChannelGroupTests
{
    private const string Referrer = "page_referrer=https://elsewhere.example/";

    [Theory]
    [InlineData("Direct", "mkt_source=direct")]
    [InlineData("Direct", "mkt_source=(direct)", "mkt_medium=(none)")]
    [InlineData("Direct", "mkt_source=Direct ", "mkt_medium=Not Set")]
    [InlineData("Cross-network", "mkt_medium=x-cross-network-y", "mkt_source=google")]
    [InlineData("Paid Shopping", "mkt_medium=cpc", "mkt_source=amazon")]
    [InlineData("Paid Shopping", "mkt_medium=paid", "mkt_source=x.example", "mkt_campaign=Summer eShop")]
    [InlineData("Paid Search", "mkt_medium=CPC", "mkt_source=Google")]
    [InlineData("Paid Search", "mkt_medium=ppc", "mkt_source=bing")]
    [InlineData("Paid Social", "mkt_medium=paid-social", "mkt_source=facebook")]
    [InlineData("Paid Video", "mkt_medium=cpv", "mkt_source=youtube.com")]
    [InlineData("Paid Other", "mkt_medium=retargeting", "mkt_source=criteo")]
    [InlineData("Paid Other", "mkt_medium=paid", "mkt_campaign=bishop")]
    [InlineData("Display", "mkt_medium=banner", "mkt_source=partner")]
    [InlineData("Display", "mkt_medium=display", "mkt_source=google")]
    [InlineData("Organic Shopping", "mkt_medium=social", "mkt_source=ebay.de")]
    [InlineData("Organic Shopping", "mkt_medium=organic", "mkt_source=x", "mkt_campaign=shopping")]
    [InlineData("Organic Social", "mkt_source=linkedin")]
    [InlineData("Organic Social", "mkt_medium=sm", "mkt_source=x.example")]
    [InlineData("Organic Social", "mkt_medium=social", "mkt_source=youtube")]
    [InlineData("Organic Video", "mkt_medium=online-video", "mkt_source=x.example")]
    [InlineData("Organic Video", "mkt_source=vimeo")]
    [InlineData("Organic Video", "mkt_medium=organic", "mkt_source=m.youtube.com")]
    [InlineData("Organic Search", "mkt_medium=organic", "mkt_source=x.example")]
    [InlineData("Organic Search", "mkt_source=duckduckgo")]
    [InlineData("Organic Search", "mkt_source=www.google.co.uk", "mkt_medium=referral")]
    [InlineData("Referral", "mkt_medium=referral", "mkt_source=partner")]
    [InlineData("Referral", "mkt_medium=link")]
    [InlineData("Email", "mkt_medium=E-Mail", "mkt_source=newsletter")]
    [InlineData("Email", "mkt_source=email", "mkt_medium=x")]
    [InlineData("Affiliates", "mkt_medium=affiliate", "mkt_source=partner")]
    [InlineData("Audio", "mkt_medium=audio", "mkt_source=partner")]
    [InlineData("Chatbot", "mkt_medium=chatbot", "mkt_source=partner")]
    [InlineData("SMS", "mkt_medium=sms", "mkt_source=partner")]
    [InlineData("SMS", "mkt_source=SMS")]
    [InlineData("Mobile Push Notifications", "mkt_medium=web-push", "mkt_source=partner")]
    [InlineData("Mobile Push Notifications", "mkt_medium=notification")]
    [InlineData("Mobile Push Notifications", "mkt_source=firebase", "mkt_medium=x")]
    [InlineData("Unassigned", "mkt_medium=mystery", "mkt_source=partner")]
    public void Default_OfSnowplowsRules_IsSnowplowsGroup(string expected, params string[] fields) => Group(fields).ShouldBe(expected);

    [Theory]
    [InlineData("Direct")] // Snowplow: Unassigned.
    [InlineData("Display", "mkt_medium=interstitial", "mkt_source=partner")]
    [InlineData("Display", "mkt_medium=cpm", "mkt_source=google")] // Snowplow: Paid Search.
    [InlineData("Cross-network", "mkt_campaign=1234 Cross-Network", "mkt_source=google", "mkt_medium=cpc")]
    [InlineData("Email", "mkt_medium=email", "mkt_source=facebook")] // Snowplow: Organic Social.
    [InlineData("Affiliates", "mkt_medium=affiliate", "mkt_source=amazon")]
    [InlineData("Chatbot", "mkt_source=chatgpt.com")]
    public void Default_OfACorrection_IsTheCorrectGroup(string expected, params string[] fields) => Group(fields).ShouldBe(expected);

    [Theory]
    [InlineData("Organic Search", "refr_medium=search", "refr_source=Google", "refr_urlhost=www.google.com")]
    [InlineData("Organic Search", "refr_medium=search", "refr_source=Mojeek")]
    [InlineData("Organic Social", "refr_medium=social", "refr_source=Facebook")]
    [InlineData("Organic Video", "refr_medium=social", "refr_source=YouTube")]
    [InlineData("Organic Shopping", "refr_medium=search", "refr_source=Google Shopping")]
    [InlineData("Organic Shopping", "refr_medium=unknown", "refr_urlhost=www.amazon.co.uk")]
    [InlineData("Email", "refr_medium=email", "refr_source=Gmail")]
    [InlineData("Chatbot", "refr_medium=chatbot", "refr_source=Elicit")]
    [InlineData("Paid Other", "refr_medium=paid", "refr_source=Taboola")]
    [InlineData("Direct", "refr_medium=internal", "refr_urlhost=shop.example")]
    [InlineData("Referral", "refr_medium=unknown", "refr_urlhost=elsewhere.example")]
    [InlineData("Referral", "refr_medium=news", "refr_source=The Paper")]
    [InlineData("Referral")] // Nothing took the referrer apart.
    [InlineData("Referral", "mkt_campaign=spring", "refr_medium=unknown")]
    [InlineData("Unassigned", "mkt_source=newsletter", "refr_medium=search", "refr_source=Google")] // The campaign says where from.
    public void Default_WithAReferrerAndNoCampaign_IsTheReferrersGroup(string expected, params string[] fields) =>
        Group([Referrer, .. fields]).ShouldBe(expected);

    [Theory]
    [InlineData("Paid Search", "mkt_network=Google")]
    [InlineData("Paid Search", "mkt_network=Microsoft", Referrer, "refr_medium=search", "refr_source=Bing")]
    [InlineData("Paid Search", "mkt_network=Google", Referrer, "refr_medium=internal", "refr_urlhost=shop.example")]
    [InlineData("Paid Search", "mkt_network=Google", "mkt_source=google")]
    [InlineData("Paid Shopping", "mkt_network=Google", "mkt_campaign=shopping-de")]
    [InlineData("Paid Video", "mkt_network=Google", Referrer, "refr_medium=social", "refr_source=YouTube")]
    [InlineData("Paid Other", "mkt_network=Google", Referrer, "refr_medium=unknown", "refr_urlhost=paper.example")]
    [InlineData("Display", "mkt_network=DoubleClick")]
    [InlineData("Email", "mkt_network=Google", "mkt_medium=email")] // What the campaign says counts.
    [InlineData("Organic Social", "mkt_network=Facebook", Referrer, "refr_medium=social", "refr_source=Facebook")]
    [InlineData("Unassigned", "mkt_network=Facebook")]
    public void Default_WithAClickId_IsPaidWhereTheNetworksIdsAre(string expected, params string[] fields) =>
        Group(["mkt_clickid=abc", .. fields]).ShouldBe(expected);

    [Theory]
    [InlineData("Organic Social", "mkt_source=ФОРУМ")]
    [InlineData("Organic Social", "mkt_source=m.forum.example")]
    [InlineData("Organic Social", "mkt_source=forum.co.uk")]
    [InlineData("Unassigned", "mkt_source=forum")]
    [InlineData("Unassigned", "mkt_source=myforum.example")]
    [InlineData("Unassigned", "mkt_source=google")] // The user's categories stand alone.
    public void ChannelGroup_WithCategoriesOfTheUser_FindsTheSource(string expected, params string[] fields)
    {
        var rules = ModelRules.Parse(RuleLine.Utf8("""
            { "version": 1, "channel_groups": { "categories": { " Форум": "social", "forum.example": "social", "forum.*": "social", } } }
            """));
        rules.ChannelGroup(RuleLine.Of(fields)).ShouldBe(expected);
    }

    [Fact]
    public void ChannelGroup_WithRulesOfTheUser_IsTheFirstThatHolds()
    {
        var rules = ModelRules.Parse(RuleLine.Utf8("""
            {
              "version": 1,
              "channel_groups": {
                "rules": [
                  { "name": "Search", "when": { "field": "category", "equals": "search" } },
                  { "name": "Spring", "when": { "field": "campaign", "starts_with": "spring" } },
                  { "name": "App", "when": { "field": "platform", "equals": "mob" } },
                ],
                "otherwise": "rest"
              }
            }
            """));
        rules.ChannelGroup(RuleLine.Of("mkt_source=google", "mkt_campaign=spring")).ShouldBe("Search");
        rules.ChannelGroup(RuleLine.Of("mkt_source=x", "mkt_campaign=Spring 2026", "platform=mob")).ShouldBe("Spring");
        rules.ChannelGroup(RuleLine.Of("platform=mob")).ShouldBe("App");
        rules.ChannelGroup(RuleLine.Of("platform=web")).ShouldBe("rest");
    }

    [Fact]
    public void ChannelGroup_OfAnOverlongSource_LooksAtItsStart()
    {
        var rules = ModelRules.Parse(RuleLine.Utf8(
            """{ "version": 1, "channel_groups": { "rules": [{ "name": "K", "when": { "field": "source", "starts_with": "kkk" } }] } }"""));
        rules.ChannelGroup(RuleLine.Of("mkt_source=" + new string('\u212A', 20_000))).ShouldBe("K"); // The Kelvin sign.
    }

    private static string Group(string[] fields) => ModelRules.Default.ChannelGroup(RuleLine.Of(fields));
}
