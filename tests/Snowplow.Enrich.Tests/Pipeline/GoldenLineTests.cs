using System.Text;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>
/// Whole lines for what real trackers send. The lines are frozen: a change of one is a change of what every loader reads.
/// </summary>
public sealed class GoldenLineTests : IDisposable
{
    private readonly Harness _harness = new();

    [Fact]
    public Task WebTrackerPost_OfAPageView_GivesItsLine() => Check("web-page-view", PageViews.Post(1));

    [Fact]
    public Task WebTrackerPost_OfALinkClick_GivesItsLine() => Check("web-link-click", Harness.PostPageView(
        ("e", "ue"),
        ("eid", "5f3b8a8e-53dc-4a31-a38e-7a6f0c3a1d0e"),
        ("dtm", "1772366398000"),
        ("stm", "1772366399000"),
        ("ue_px", Base64("""{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1","data":{"targetUrl":"https://www.acme.com/cart","elementClasses":["btn","primary"],"elementContent":"Zum Warenkorb für 3 €"}}}""")),
        ("url", "https://www.acme.com/shop?utm_source=x"),
        ("duid", "b2fb4ecb-4b2d-44e1-b4d4-5f2c8a1b0c9d")));

    [Fact]
    public Task NodeTrackerPost_OfATransaction_GivesItsLines() => Check("node-transaction", Harness.PostItems(
        """{"e":"tr","p":"srv","tv":"node-4.1.0","tna":"shop","aid":"backend","eid":"11111111-1111-4111-8111-111111111111","dtm":"1772366398000","stm":"1772366399000","tr_id":"o-1","tr_tt":"107.98","tr_tx":"17.24","tr_sh":"4.90","tr_ci":"Köln","tr_co":"DE","tr_cu":"EUR","uid":"u-7","lang":"de"}""",
        """{"e":"ti","p":"srv","tv":"node-4.1.0","tna":"shop","aid":"backend","eid":"22222222-2222-4222-8222-222222222222","dtm":"1772366398000","stm":"1772366399000","ti_id":"o-1","ti_sk":"sku-9","ti_nm":"Shoe","ti_ca":"running","ti_pr":"49.99","ti_qu":"2","ti_cu":"EUR","uid":"u-7"}""")
        with
    { UserAgent = "snowplow-nodejs-tracker/4.1.0", NetworkUserId = null });

    [Fact]
    public Task Pixel_OfAStructuredEvent_GivesItsLine() => Check("pixel-struct", Harness.Get(
        "e=se&se_ca=Mixes&se_ac=Play&se_la=MRC%2Ffabric-0503-mix&se_va=0.0&p=web&tv=no-js-0.1.0&aid=pixel&res=1280x800&vid=2&_=1") with
    { RefererUri = "http://news.acme.com/a?b" });

    private async Task Check(string name, CollectorPayload payload)
    {
        var outcome = await _harness.ProcessAsync(payload);
        outcome.Bad.ShouldBeEmpty();
        var expected = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Pipeline", "Golden", $"{name}.tsv"));
        Encoding.UTF8.GetString(outcome.Good.Text.Span).ShouldBe(expected);
    }

    private static string Base64(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    public void Dispose() => _harness.Dispose();
}
