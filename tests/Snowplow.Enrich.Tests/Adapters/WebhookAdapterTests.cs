using System.Text;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Tests.Iglu;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;

namespace Snowplow.Enrich.Tests.Adapters;

/// <summary>What holds for all webhooks.</summary>
public sealed class WebhookAdapterTests : IDisposable
{
    private const string Open = """{"email":"a@example.com","event":"open"}""";

    private readonly RegistryFolder _registry = new();

    [Theory]
    [InlineData(null, true)]
    [InlineData("application/json", true)]
    [InlineData("Application/JSON ; charset=\"utf-8\"", true)]
    [InlineData("text/plain", false)]
    [InlineData("application/jsonx", false)]
    [InlineData("", false)]
    public async Task Body_WithAContentType_IsReadOrRefused(string? contentType, bool isRead)
    {
        using var harness = HarnessOf("com.sendgrid/open/jsonschema/3-0-0", "{}");
        var outcome = await harness.ProcessAsync(SendGrid($"[{Open}]") with { ContentType = contentType });
        if (isRead) outcome.Event.Text(EventField.EventName).ShouldBe("open");
        else outcome.BadRow.Failure.GetProperty("messages")[0].GetProperty("field").GetString().ShouldBe("contentType");
    }

    [Fact]
    public async Task Querystring_OfAWebhook_GivesItsEventsOnlyWhatConcernsTheTracker()
    {
        using var harness = HarnessOf("com.sendgrid/open/jsonschema/3-0-0", "{}");
        var outcome = await harness.ProcessAsync(SendGrid($"[{Open},{Open}]") with
        {
            Querystring = "se_ca=x&uid=u&e=pv&tv=other&p=&aid=shop&nuid=n-1&cv=c-1&ttm=1772366300000&url=http://acme.com/&ue_pr=x&co=x",
        });
        outcome.Bad.ShouldBeEmpty();
        outcome.Good.Count.ShouldBe(2);
        foreach (var index in (int[])[0, 1])
        {
            var e = outcome.Good[index];
            e.Text(EventField.SeCategory).ShouldBeNullOrEmpty();
            e.Text(EventField.UserId).ShouldBeNullOrEmpty();
            e.Text(EventField.Contexts).ShouldBeNullOrEmpty();
            e.Text(EventField.Event).ShouldBe("unstruct");
            e.Text(EventField.VTracker).ShouldBe("com.sendgrid-v3");
            e.Text(EventField.Platform).ShouldBe("srv");
            e.Text(EventField.AppId).ShouldBe("shop");
            e.Text(EventField.NetworkUserid).ShouldBe("n-1");
            e.Text(EventField.VCollector).ShouldBe("c-1");
            e.Text(EventField.TrueTstamp).ShouldBe("2026-03-01 11:58:20.000");
            e.Text(EventField.PageUrl).ShouldBe("http://acme.com/");
        }
    }

    [Fact]
    public async Task BadRow_OfARefusedItem_HoldsTheWholeQuerystring()
    {
        using var harness = new Harness();
        var outcome = await harness.ProcessAsync(SendGrid("[1]") with { Querystring = "x=1&aid=shop&x=2" });
        outcome.BadRow.Payload.GetProperty("querystring").EnumerateArray()
            .Select(pair => $"{pair.GetProperty("name").GetString()}={pair.GetProperty("value").GetString()}")
            .ShouldBe(["x=1", "aid=shop", "x=2"], ignoreOrder: true);
    }

    [Fact]
    public async Task Event_ThatIsTooLarge_IsABadRowThatCanBeReplayedAlone()
    {
        _registry.Add("iglu:com.sendgrid/open/jsonschema/3-0-0", Schema("com.sendgrid/open/jsonschema/3-0-0", "{}"));
        using var harness = new Harness(Harness.Options with { MaxEventBytes = 2000 }, new IgluOptions { Registries = [_registry.Options] });
        var large = $$"""{"event":"open","reason":"{{new string('x', 3000)}}"}""";

        var outcome = await harness.ProcessAsync(SendGrid($"[{Open},{large},{Open}]"));

        outcome.Counts.ShouldBe(new EnrichCounts(2, 1));
        var row = outcome.Bad.ShouldHaveSingleItem();
        row.Type.ShouldBe("size_violation");
        (await harness.ProcessAsync(row.Payload.GetBytesFromBase64(), null)).BadRow.Type.ShouldBe("size_violation");
    }

    [Fact]
    public async Task BadRow_OfALoggedVisit_HoldsTheVisitsRequestAndNotTheSenders()
    {
        using var harness = new Harness();
        // The schema knows no method of more than three letters.
        var line = "2026-02-28\t10:00:00\tFRA6-C1\t23\t192.0.2.202\tPOST\tacme.com\t/\t200\t-\tMozilla/4.0%2520(x)\t-";
        var outcome = await harness.ProcessAsync(Harness.Request with
        {
            Path = "/com.amazon.aws.cloudfront/wd_access_log",
            Body = Encoding.UTF8.GetBytes(line),
            Headers = ["x-forwarded-for: 198.51.100.1", "Accept: */*"],
        });
        var row = outcome.BadRow;
        row.Type.ShouldBe("schema_violations");
        var raw = row.Payload.GetProperty("raw");
        raw.GetProperty("ipAddress").GetString().ShouldBe("192.0.2.202");
        raw.GetProperty("useragent").GetString().ShouldBe("Mozilla/4.0 (x)");
        raw.GetProperty("timestamp").GetString().ShouldBe("2026-02-28T10:00:00.000Z");
        raw.GetProperty("headers").EnumerateArray().Select(header => header.GetString()).ShouldBe(["Accept: */*"]);
    }

    private static CollectorPayload SendGrid(string body) => Harness.Post(body) with { Path = "/com.sendgrid/v3" };

    private static string Schema(string key, string rules)
    {
        var parts = key.Split('/');
        var self = $$"""{"self":{"vendor":"{{parts[0]}}","name":"{{parts[1]}}","format":"jsonschema","version":"{{parts[3]}}"}""";
        return rules == "{}" ? $"{self}}}" : $"{self},{rules[1..]}";
    }

    private Harness HarnessOf(string key, string rules)
    {
        _registry.Add($"iglu:{key}", Schema(key, rules));
        return new Harness(iglu: new IgluOptions { Registries = [_registry.Options] });
    }

    public void Dispose() => _registry.Dispose();
}
