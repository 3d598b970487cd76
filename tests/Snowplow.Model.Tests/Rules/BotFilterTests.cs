using Snowplow.Model.Rules;

namespace Snowplow.Model.Tests.Rules;

public sealed class BotFilterTests
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

    [Theory]
    [InlineData("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", true)]
    [InlineData("PhantomJS/2.1.1", true)]
    [InlineData("browsershots", true)]
    [InlineData("360Spider", true)]
    [InlineData("facebookexternalhit/1.1", true)]
    [InlineData("BOT", false)] // Case counts, as in Snowplow.
    [InlineData(Firefox, false)]
    public void IsBot_OfAUserAgent_IsSnowplowsPattern(string userAgent, bool expected)
    {
        ModelRules.Default.IsBot(RuleLine.Of($"useragent={userAgent}")).ShouldBe(expected);
        ModelRules.Default.IsBot(RuleLine.Of($"useragent={userAgent}")).ShouldBe(expected, "from the answers kept");
        ModelRules.Default.IsBot(RuleLine.Of($"useragent={userAgent}{new string('.', 2000)}")).ShouldBe(expected, "too long to be kept");
    }

    [Fact]
    public void IsBot_WithoutAUserAgent_IsFalse() => ModelRules.Default.IsBot(RuleLine.Of("platform=srv")).ShouldBeFalse();

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData("null", false)]
    public void IsBot_WithIabsEntity_IsWhatItSays(string spiderOrRobot, bool expected)
    {
        ModelRules.Default.IsBot(RuleLine.Of($"useragent={Firefox}", "derived_contexts=" + Iab(spiderOrRobot))).ShouldBe(expected);
        ModelRules.Default.IsBot(RuleLine.Of("derived_contexts=" + Iab(spiderOrRobot))).ShouldBe(expected);
        var off = ModelRules.Parse(RuleLine.Utf8("""{ "version": 1, "bot_filter": { "spiders_and_robots": false } }"""));
        off.IsBot(RuleLine.Of("derived_contexts=" + Iab(spiderOrRobot))).ShouldBeFalse();
        off.IsBot(RuleLine.Of("useragent=Googlebot")).ShouldBeTrue();
    }

    [Fact]
    public void IsBot_OfManyUserAgentsOnManyThreads_IsAlwaysRight()
    {
        Parallel.For(0, 4, thread =>
        {
            var random = new Random(thread);
            for (var round = 0; round < 5000; round++)
            {
                var number = random.Next(4000);
                var isBot = number % 3 == 0;
                ModelRules.Default.IsBot(RuleLine.Of($"useragent={(isBot ? "bot" : "app")}/{number}")).ShouldBe(isBot);
            }
        });
    }

    public static string Iab(string spiderOrRobot) =>
        RuleLine.Contexts(("com.iab.snowplow/spiders_and_robots/jsonschema/1-0-0", $$"""{"spiderOrRobot":{{spiderOrRobot}},"category":"X"}"""));
}
