using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>Arbitrary bytes end as events and bad rows, in the number that went in, and never as a bug.</summary>
public sealed class FuzzTests : IDisposable
{
    private const string Unstruct = """{"schema":"iglu:com.snowplowanalytics.snowplow/unstruct_event/jsonschema/1-0-0","data":{"schema":"iglu:com.snowplowanalytics.snowplow/link_click/jsonschema/1-0-1","data":{"targetUrl":"https://acme.com/ü"}}}""";
    private const string Query = "e=pv&p=web&tv=t&url=http%3A%2F%2Facme.com%2F%3Futm_source%3Dx%26_sp%3Da.1&refr=http%3A%2F%2Fb.com&res=1x2&se_va=1.5&cx=e30&dtm=1&eid=c6ef3124-b53a-4b13-a233-0088f79dcbcb";

    private readonly Harness _harness = new();

    [Fact]
    public async Task Thrift_Damaged_IsOneOutcomeEach()
    {
        var fuzz = new Fuzz(1);
        var thrift = new ArrayBufferWriter<byte>();
        CollectorPayloadWriter.Write(PageViews.Post(1) with { Querystring = Query }, thrift);
        for (var i = 0; i < Fuzz.Cases(1000); i++)
            Check(await _harness.ProcessAsync(i % 4 == 0 ? fuzz.Bytes(300) : fuzz.Damage(thrift.WrittenSpan), null), atLeast: 1);
    }

    [Fact]
    public async Task Querystring_Damaged_IsOneOutcome()
    {
        var fuzz = new Fuzz(2);
        for (var i = 0; i < Fuzz.Cases(2000); i++)
        {
            var query = Encoding.UTF8.GetString(fuzz.Damage(Encoding.UTF8.GetBytes(Query)));
            Check(await _harness.ProcessAsync(Harness.Get(query)), exactly: 1);
        }
    }

    [Fact]
    public async Task Values_Damaged_AreAsManyOutcomesAsItems()
    {
        var fuzz = new Fuzz(3);
        var parameters = Query.Split('&').Select(pair => pair.Split('=')).ToDictionary(p => p[0], p => Uri.UnescapeDataString(p[1]));
        for (var i = 0; i < Fuzz.Cases(1000); i++)
        {
            var items = Enumerable.Range(0, 3).Select(_ =>
            {
                var damaged = parameters.ToDictionary(p => p.Key, p => i % 3 == 0 ? p.Value : Encoding.UTF8.GetString(fuzz.Damage(Encoding.UTF8.GetBytes(p.Value))));
                return JsonSerializer.Serialize(damaged);
            });
            Check(await _harness.ProcessAsync(Harness.PostItems([.. items])), exactly: 3);
        }
    }

    [Fact]
    public async Task Body_Damaged_IsAtLeastOneOutcome()
    {
        var fuzz = new Fuzz(4);
        var post = PageViews.Post(3);
        for (var i = 0; i < Fuzz.Cases(1000); i++)
            Check(await _harness.ProcessAsync(post with { Body = fuzz.Damage(post.Body!.Value.Span) }), atLeast: 1);
    }

    [Theory]
    [InlineData("ue_pr", false)]
    [InlineData("ue_px", true)]
    public async Task SelfDescribingJson_Damaged_IsOneOutcome(string parameter, bool isBase64)
    {
        var fuzz = new Fuzz(5);
        for (var i = 0; i < Fuzz.Cases(1000); i++)
        {
            var json = fuzz.Damage(Encoding.UTF8.GetBytes(Unstruct));
            var value = isBase64 ? Base64Url.EncodeToString(json) : Encoding.UTF8.GetString(json);
            if (isBase64 && i % 2 == 0) value = Encoding.UTF8.GetString(fuzz.Damage(Encoding.UTF8.GetBytes(value)));
            Check(await _harness.ProcessAsync(Harness.PostPageView(("e", "ue"), (parameter, value))), exactly: 1);
        }
    }

    private static void Check(Outcome outcome, int? exactly = null, int atLeast = 0)
    {
        // Good.Count comes from parsing the lines, so each has its 131 fields.
        outcome.Counts.ShouldBe(new EnrichCounts(outcome.Good.Count, outcome.Bad.Count, Failed: outcome.Failed.Count));
        FailedEventRules.Check(outcome);
        var total = outcome.Good.Count + outcome.Bad.Count;
        total.ShouldBeGreaterThanOrEqualTo(atLeast);
        if (exactly is { } count) total.ShouldBe(count);
        foreach (var row in outcome.Bad)
        {
            row.Type.ShouldNotBe("generic_error");
            if (BadRowSchemas.ArePresent) BadRowSchemas.CheckWithLongPayload(row);
        }
    }

    public void Dispose() => _harness.Dispose();
}
