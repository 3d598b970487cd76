using Snowplow.Enrich.Tests.Pipeline;

namespace Snowplow.Enrich.Tests.Enrichments;

public sealed class CrossNavigationEntityTests : IDisposable
{
    private const string Entity = "com.snowplowanalytics.snowplow/cross_navigation/1-0-0";

    private readonly EnrichmentFiles _files = new EnrichmentFiles().AddFile(
        "cross_navigation_config.json",
        """{"schema":"iglu:com.snowplowanalytics.snowplow.enrichments/cross_navigation_config/jsonschema/1-0-0","data":{"vendor":"com.snowplowanalytics.snowplow.enrichments","name":"cross_navigation_config","enabled":true}}""");

    private readonly Harness _harness;

    public CrossNavigationEntityTests() => _harness = new Harness(_files.Options);

    // _sp | the entity's data; "" for none
    [Theory]
    [InlineData("d-1.1772366399123", """{"domain_user_id":"d-1","timestamp":"2026-03-01T11:59:59.123Z"}""")]
    [InlineData(
        "d-1.1772366399123.9c65e7f3-8e8e-470d-b243-910b5b300da0.w6RsaWNl.c2hvcA.web.Q2xpY2sh",
        """{"domain_user_id":"d-1","timestamp":"2026-03-01T11:59:59.123Z","session_id":"9c65e7f3-8e8e-470d-b243-910b5b300da0","user_id":"älice","source_id":"shop","source_platform":"web","reason":"Click!"}""")]
    [InlineData("d-1.1772366399123..w6RsaWNl...", """{"domain_user_id":"d-1","timestamp":"2026-03-01T11:59:59.123Z","user_id":"älice"}""")]
    [InlineData("d-1.1772366399123.no-uuid...abacus", """{"domain_user_id":"d-1","timestamp":"2026-03-01T11:59:59.123Z"}""")]
    [InlineData("d-1.0", """{"domain_user_id":"d-1","timestamp":"1970-01-01T00:00:00Z"}""")]
    [InlineData("d-1", "")]
    [InlineData(".1772366399123", "")]
    [InlineData("d-1.", "")]
    [InlineData("1.2.3.4.5.6.7.8", "")]
    public async Task Link_WithBothFirstParts_BecomesAnEntity(string link, string expected)
    {
        var e = (await _harness.ProcessAsync(Harness.PostPageView(("url", $"http://a.example/?x=1&_sp={link}")))).Event;
        e.Derived(Entity).ShouldBe(expected.Length == 0 ? [] : [expected]);
    }

    [Theory]
    [InlineData("d-1.yesterday", "milliseconds")]
    [InlineData("d-1.1772366399123..!", "user_id in _sp must be base64url")]
    [InlineData("d-1.1772366399123...gA", "source_id in _sp must be base64url")]
    public async Task Link_ThatIsBroken_IsAnEnrichmentFailure(string link, string expected)
    {
        var row = (await _harness.ProcessAsync(Harness.PostPageView(("url", $"http://a.example/?_sp={link}")))).BadRow;
        row.Type.ShouldBe("enrichment_failures");
        row.Failure.GetRawText().ShouldContain(expected);
    }

    [Fact]
    public async Task Link_WithoutTheConfiguration_FillsFieldsOnly()
    {
        using var harness = new Harness();
        var e = (await harness.ProcessAsync(Harness.PostPageView(("url", "http://a.example/?_sp=d-1.1772366399123")) with { UserAgent = null })).Event;
        e.ShouldHave("refr_domain_userid=d-1 derived_contexts=");
    }

    public void Dispose()
    {
        _harness.Dispose();
        _files.Dispose();
    }
}
