using System.Text;
using Snowplow.Events.Enriched;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Tests.Rules;

public sealed class RuleCostTests
{
    // With rules of channels of their own: a regular expression that another thread asks too would allocate.
    private static readonly ModelRules Rules = ModelRules.Parse(RuleLine.Utf8(
        Encoding.UTF8.GetString(ModelRules.DefaultJson.Span).Replace("\"conversions\": []\n}", "", StringComparison.Ordinal) + """
          "version": 1,
          "conversions": [
            { "name": "a", "when": { "all": [{ "field": "event_name", "in": ["order", "x"] }, { "field": "tr_total", "at_least": 5 }] }, "value": "tr_total" },
            { "name": "b", "when": { "field": "contexts_com_acme_cart_1.at", "at_least": "2026-01-01" }, "value": "contexts_com_acme_cart_1.itemCount" },
            { "name": "c", "when": { "field": "unstruct_event_com_acme_order_1.note", "contains": "Q", "ignore_case": true } },
            { "name": "d", "when": { "field": "page_url", "matches": "^https://[a-z.]+/product/[0-9]+", "ignore_case": true } },
            { "name": "e", "when": { "field": "unstruct_event_com_acme_order_1.note", "not_matches": "x.z" } }
          ]
        }
        """));

    private static readonly EnrichedEvent[] Lines =
    [
        RuleLine.Of(
            "event_name=order", "tr_total=12.50", "page_url=https://shop.example/product/5", "useragent=Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "mkt_source=GOOGLE", "mkt_medium=cpc", "mkt_campaign=Sommer-Grüße",
            "contexts=" + RuleLine.Contexts(
                ("com.snowplowanalytics.snowplow/web_page/jsonschema/1-0-0", """{"id":"00000000-0000-4000-8000-000000000001"}"""),
                ("com.acme/cart/jsonschema/1-0-0", """{"at":"2026-03-01T13:00:00+01:00","itemCount":2}""")),
            "unstruct_event=" + RuleLine.UnstructEvent("com.acme/order/jsonschema/1-0-0", """{"note":"\"q\" Ä"}""")),
        RuleLine.Of("event_name=page_view", "page_url=https://shop.example/", "useragent=Googlebot/2.1", "page_referrer=https://www.amazon.co.uk/", "refr_medium=unknown", "refr_urlhost=www.amazon.co.uk"),
        RuleLine.Of("event_name=page_ping", "derived_contexts=" + BotFilterTests.Iab("true")),
        RuleLine.Of("platform=srv"),
    ];

    [Theory]
    [InlineData("bots")]
    [InlineData("content")]
    [InlineData("channels")]
    [InlineData("conversions")]
    public void Rules_OnceWarm_AllocateNothing(string part)
    {
        for (var round = 0; round < 200; round++) Ask(part);
        // Pools of the runtime are emptied by a collection now and then, which other tests bring about: what allocates each time does so in each attempt.
        Enumerable.Range(0, 5).Min(_ => AllocatedBy(part)).ShouldBe(0);
        Ask(part).ShouldBeGreaterThan(0);
    }

    private static long AllocatedBy(string part)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1000; round++) Ask(part);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static int Ask(string part)
    {
        var answers = 0;
        foreach (var e in Lines)
        {
            answers += part switch
            {
                "bots" => Rules.IsBot(e) ? 1 : 0,
                "content" => Rules.ContentGroup(e).Length,
                "channels" => Rules.ChannelGroup(e).Length,
                _ => Converted(e),
            };
        }

        return answers;
    }

    private static int Converted(EnrichedEvent e)
    {
        var count = 0;
        foreach (var conversion in Rules.Conversions)
        {
            if (conversion.Matches(e)) count += 1 + (int)(conversion.Value(e) ?? 0);
        }

        return count;
    }
}
