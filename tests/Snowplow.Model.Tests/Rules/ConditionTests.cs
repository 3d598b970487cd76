using Snowplow.Events.Enriched;
using Snowplow.Model.Rules;

namespace Snowplow.Model.Tests.Rules;

public sealed class ConditionTests
{
    private static readonly EnrichedEvent Order = RuleLine.Of(
        "event_name=order", "page_url=https://shop.example/Straße/1?q=İ", "tr_total=12.50", "domain_sessionidx=3", "geo_latitude=1.0E-4",
        "br_cookies=1", "dvce_ismobile=0", "derived_tstamp=2026-03-01 12:00:00.500",
        "unstruct_event=" + RuleLine.UnstructEvent(
            "com.acme.web-shop/orderPlaced/jsonschema/2-0-1",
            """{"total":99.90,"count":"7","isGift":true,"paid":false,"note":"a\u0062c \"q\" \ud83d\ude00\ud800","nothing":null,"empty":"","at":"2026-03-01T13:00:00+01:00","address":{"cityName":"Köln","HTTPCode":200},"items":[{"sku":"A1"}],"big":1e400,"e\u0073c":5}"""),
        "contexts=" + RuleLine.Contexts(
            ("com.acme/cart/jsonschema/1-0-0", """{"items":2}"""),
            ("com.acme/cart/jsonschema/1-1-0", """{"items":9}"""),
            ("com.acme/cart/jsonschema/2-0-0", """{"items":20}""")),
        "derived_contexts=" + RuleLine.Contexts(
            ("com.acme/cart/jsonschema/1-0-0", """{"items":100}"""),
            ("com.iab.snowplow/spiders_and_robots/jsonschema/1-0-0", """{"spiderOrRobot":false}""")));

    [Theory]
    [InlineData("""{"field":"event_name","equals":"order"}""", true)]
    [InlineData("""{"field":"event_name","equals":"Order"}""", false)]
    [InlineData("""{"field":"event_name","equals":"Order","ignore_case":true}""", true)]
    [InlineData("""{"field":"event_name","not_equals":"order"}""", false)]
    [InlineData("""{"field":"event_name","not_equals":"ord"}""", true)]
    [InlineData("""{"field":"event_name","starts_with":"ord"}""", true)]
    [InlineData("""{"field":"event_name","starts_with":"der"}""", false)]
    [InlineData("""{"field":"event_name","ends_with":"der"}""", true)]
    [InlineData("""{"field":"event_name","ends_with":"ord"}""", false)]
    [InlineData("""{"field":"event_name","contains":"rde"}""", true)]
    [InlineData("""{"field":"event_name","contains":"RDE","ignore_case":true}""", true)]
    [InlineData("""{"field":"event_name","starts_with":"ORD","ignore_case":true}""", true)]
    [InlineData("""{"field":"event_name","ends_with":"DER","ignore_case":true}""", true)]
    [InlineData("""{"field":"event_name","contains":"x"}""", false)]
    [InlineData("""{"field":"event_name","matches":"^o.d"}""", true)]
    [InlineData("""{"field":"event_name","matches":"^O"}""", false)]
    [InlineData("""{"field":"event_name","matches":"^O","ignore_case":true}""", true)]
    [InlineData("""{"field":"event_name","not_matches":"^o"}""", false)]
    [InlineData("""{"field":"event_name","not_matches":"^x"}""", true)]
    [InlineData("""{"field":"event_name","in":["page_view","order"]}""", true)]
    [InlineData("""{"field":"event_name","in":["page_view","ORDER"],"ignore_case":true}""", true)]
    [InlineData("""{"field":"event_name","in":["page_view"]}""", false)]
    [InlineData("""{"field":"event_name","not_in":["page_view"]}""", true)]
    [InlineData("""{"field":"event_name","not_in":["order"]}""", false)]
    [InlineData("""{"field":"event_name","is_null":false}""", true)]
    [InlineData("""{"field":"page_url","contains":"Straße"}""", true)]
    [InlineData("""{"field":"page_url","contains":"STRAßE","ignore_case":true}""", true)]
    [InlineData("""{"field":"page_url","matches":"Stra.e"}""", true)]
    public void Condition_OnText_ComparesIt(string condition, bool expected) => Holds(condition).ShouldBe(expected);

    [Theory]
    [InlineData("""{"field":"tr_total","equals":12.5}""", true)]
    [InlineData("""{"field":"tr_total","less_than":12.5}""", false)]
    [InlineData("""{"field":"tr_total","at_most":12.5}""", true)]
    [InlineData("""{"field":"tr_total","greater_than":12}""", true)]
    [InlineData("""{"field":"tr_total","greater_than":12.5}""", false)]
    [InlineData("""{"field":"tr_total","at_least":12.5}""", true)]
    [InlineData("""{"field":"tr_total","less_than":13}""", true)]
    [InlineData("""{"field":"tr_total","in":[1,12.50]}""", true)]
    [InlineData("""{"field":"domain_sessionidx","at_least":3}""", true)]
    [InlineData("""{"field":"domain_sessionidx","not_equals":3}""", false)]
    [InlineData("""{"field":"geo_latitude","equals":0.0001}""", true)]
    [InlineData("""{"field":"event_name","at_least":0}""", false)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.total","equals":99.9}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.total","equals":"99.90"}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.total","equals":"99.9"}""", false)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.count","equals":7}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.count","greater_than":6}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.big","greater_than":6}""", false)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.paid","less_than":1}""", false)]
    public void Condition_OnNumbers_ComparesThemAsNumbers(string condition, bool expected) => Holds(condition).ShouldBe(expected);

    [Theory]
    [InlineData("""{"field":"br_cookies","equals":true}""", true)]
    [InlineData("""{"field":"br_cookies","equals":false}""", false)]
    [InlineData("""{"field":"dvce_ismobile","equals":false}""", true)]
    [InlineData("""{"field":"dvce_ismobile","not_equals":true}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.isGift","equals":true}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.paid","equals":true}""", false)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.paid","in":[false,1]}""", true)]
    public void Condition_OnYesAndNo_ComparesIt(string condition, bool expected) => Holds(condition).ShouldBe(expected);

    [Theory]
    [InlineData("""{"field":"derived_tstamp","less_than":"2026-03-01T12:00:01Z"}""", true)]
    [InlineData("""{"field":"derived_tstamp","less_than":"2026-03-01T12:00:00Z"}""", false)]
    [InlineData("""{"field":"derived_tstamp","at_least":"2026-03-01"}""", true)]
    [InlineData("""{"field":"derived_tstamp","at_least":"2026-03-02"}""", false)]
    [InlineData("""{"field":"derived_tstamp","greater_than":"2026-03-01 12:00:00"}""", true)]
    [InlineData("""{"field":"derived_tstamp","equals":"2026-03-01T13:00:00.5+01:00"}""", true)]
    [InlineData("""{"field":"derived_tstamp","not_equals":"2026-03-01T12:00:00.500"}""", false)]
    [InlineData("""{"field":"derived_tstamp","in":["2026-03-01T12:00:00.500Z"]}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.at","at_most":"2026-03-01T12:00:00Z"}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.at","less_than":"2026-03-01T12:00:00Z"}""", false)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.note","less_than":"2026-03-01T12:00:00Z"}""", false)]
    public void Condition_OnTimes_ComparesThemAsTimes(string condition, bool expected) => Holds(condition).ShouldBe(expected);

    [Theory]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.is_gift","equals":true}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.note","equals":"abc \"q\" 😀�"}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.note","contains":"abc"}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.address.city_name","equals":"Köln"}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.address.http_code","equals":200}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.address.httpcode","equals":200}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.address","contains":"Köln"}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.items","contains":"\"A1\""}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.items.sku","is_null":true}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.esc","equals":5}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_2","is_null":false}""", true)]
    [InlineData("""{"field":"unstruct_event_com_acme_web_shop_order_placed_1","is_null":false}""", false)]
    [InlineData("""{"field":"unstruct_event_com_acme_webshop_order_placed_2","is_null":false}""", false)]
    [InlineData("""{"field":"contexts_com_acme_cart_1.items","equals":2}""", true)]
    [InlineData("""{"field":"contexts_com_acme_cart_2.items","equals":20}""", true)]
    [InlineData("""{"field":"contexts_com_acme_cart_3","is_null":true}""", true)]
    [InlineData("""{"field":"contexts_com_iab_snowplow_spiders_and_robots_1.spider_or_robot","equals":false}""", true)]
    public void Condition_OnAProperty_FindsItByTheColumnsName(string condition, bool expected) => Holds(condition).ShouldBe(expected);

    [Theory]
    [InlineData("equals", "\"x\"", false)]
    [InlineData("equals", "0", false)]
    [InlineData("equals", "false", false)]
    [InlineData("not_equals", "\"x\"", true)]
    [InlineData("less_than", "5", false)]
    [InlineData("at_most", "5", false)]
    [InlineData("greater_than", "-5", false)]
    [InlineData("at_least", "\"2026-01-01\"", false)]
    [InlineData("contains", "\"x\"", false)]
    [InlineData("starts_with", "\"x\"", false)]
    [InlineData("ends_with", "\"x\"", false)]
    [InlineData("matches", "\".*\"", false)]
    [InlineData("not_matches", "\".*\"", true)]
    [InlineData("in", "[\"x\"]", false)]
    [InlineData("not_in", "[\"x\"]", true)]
    [InlineData("is_null", "true", true)]
    [InlineData("is_null", "false", false)]
    public void Condition_OnWhatIsMissing_HoldsOnlyForDenials(string name, string operand, bool expected)
    {
        Holds($$"""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.absent","{{name}}":{{operand}}}""").ShouldBe(expected);
        Holds($$"""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.nothing","{{name}}":{{operand}}}""").ShouldBe(expected);
        Holds($$"""{"field":"contexts_com_acme_none_1.x","{{name}}":{{operand}}}""").ShouldBe(expected);
        if (operand is not ("false" or "\"2026-01-01\"")) Holds($$"""{"field":"page_title","{{name}}":{{operand}}}""").ShouldBe(expected);
        if (name == "is_null") Holds($$"""{"field":"unstruct_event_com_acme_web_shop_order_placed_2.empty","is_null":{{operand}}}""").ShouldBe(!expected);
    }

    [Theory]
    [InlineData("""{"all":[{"field":"event_name","equals":"order"},{"field":"tr_total","equals":12.5}]}""", true)]
    [InlineData("""{"all":[{"field":"event_name","equals":"order"},{"field":"tr_total","equals":1}]}""", false)]
    [InlineData("""{"any":[{"field":"event_name","equals":"x"},{"field":"tr_total","equals":12.5}]}""", true)]
    [InlineData("""{"any":[{"field":"event_name","equals":"x"},{"field":"tr_total","equals":1}]}""", false)]
    [InlineData("""{"none":[{"field":"event_name","equals":"x"},{"field":"tr_total","equals":1}]}""", true)]
    [InlineData("""{"none":[{"field":"event_name","equals":"x"},{"field":"tr_total","equals":12.5}]}""", false)]
    [InlineData("""{"all":[{"none":[{"field":"event_name","equals":"x"}]},{"any":[{"all":[{"field":"event_name","equals":"order"}]}]}]}""", true)]
    public void Combination_OfConditions_HoldsByItsName(string condition, bool expected) => Holds(condition).ShouldBe(expected);

    private static bool Holds(string condition) =>
        ModelRules.Parse(RuleLine.Utf8($$"""{"version":1,"conversions":[{"name":"c","when":{{condition}}}]}""")).Conversions[0].Matches(Order);
}
