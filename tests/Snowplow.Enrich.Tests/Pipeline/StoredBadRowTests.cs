using System.Text;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>Bad rows read back and enriched again.</summary>
public sealed class StoredBadRowTests : IDisposable
{
    private readonly Harness _harness = new();

    public static TheoryData<CollectorPayload> Bad => new(
        Harness.Request with { Path = "/com.acme/v1", Querystring = "a=%26b&c", Body = "x=é"u8.ToArray(), ContentType = "application/x-www-form-urlencoded" },
        Harness.Post("""{"schema":"iglu:com.acme/x/jsonschema/1-0-0","data":[]}"""),
        Harness.PostItems("{}"),
        Harness.PostPageView(("vid", "x"), ("page", "a&b=c %+é")),
        Harness.PostPageView(("url", "http:")),
        Harness.Get("e=pv&p=web&tv=x&vid=abc&eid=not-a-uuid"));

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task TryRead_WhenRowIsEnrichedAgain_GivesTheSameRow(CollectorPayload payload)
    {
        var first = (await _harness.ProcessAsync(payload)).Bad.ShouldHaveSingleItem();
        StoredBadRow.TryRead(Encoding.UTF8.GetBytes(first.ToString()), out var row, out var error).ShouldBeTrue(error);

        var again = (await _harness.ProcessAsync(row!.Thrift.ShouldNotBeNull(), Guid.NewGuid())).Bad.ShouldHaveSingleItem();

        row.Type.ShouldBe(first.Type);
        again.Type.ShouldBe(first.Type);
        again.Data.GetProperty("failure").ToString().ShouldBe(first.Data.GetProperty("failure").ToString());
    }

    [Fact]
    public async Task TryRead_WhenRowHoldsTheRawRecord_GivesItBack()
    {
        byte[] record = [1, 2, 3];
        var first = (await _harness.ProcessAsync(record, null)).Bad.ShouldHaveSingleItem();

        StoredBadRow.TryRead(Encoding.UTF8.GetBytes(first.ToString()), out var row, out _).ShouldBeTrue();

        row!.Thrift!.Value.ToArray().ShouldBe(record);
    }

    [Theory]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow.badrows/size_violation/jsonschema/1-0-0","data":{"failure":{},"payload":"{\"cut\": "}}""", "no whole collector payload")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow.badrows/loader_iglu_error/jsonschema/2-0-1","data":{"failure":{},"payload":{"app_id":"x"}}}""", "holds no collector payload")]
    public void TryRead_WhenRowHoldsNoWholePayload_SaysSo(string line, string obstacle)
    {
        StoredBadRow.TryRead(Encoding.UTF8.GetBytes(line), out var row, out _).ShouldBeTrue();

        row!.Thrift.ShouldBeNull();
        row.Obstacle!.ShouldContain(obstacle);
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("{}", "this is no bad row")]
    [InlineData("""{"schema":"iglu:com.snowplowanalytics.snowplow.badrows/x/jsonschema/1-0-0","data":{}}""", "cannot be read")]
    public void TryRead_WhenLineIsNoBadRow_SaysWhy(string line, string message)
    {
        StoredBadRow.TryRead(Encoding.UTF8.GetBytes(line), out _, out var error).ShouldBeFalse();

        error.ShouldContain(message);
    }

    public void Dispose() => _harness.Dispose();
}
