using System.Buffers;
using System.Text;
using System.Text.Json;
using Snowplow.Enrich;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Events.BadRows;
using Snowplow.Events.Collector;
using Snowplow.Silo.Simulate;

namespace Snowplow.Silo.Tests.Simulate;

public sealed class TrafficTests
{
    private static readonly SimulateConfig Config = new() { Collector = new Uri("http://localhost"), Users = 300, Rate = 500, Duration = TimeSpan.FromSeconds(20) };

    [Fact]
    public async Task Traffic_WhenEnriched_GivesNoBadRow()
    {
        using var http = new HttpClient();
        using var resolver = new IgluResolver(new IgluOptions(), http, TimeProvider.System);
        var options = new EnrichOptions { Processor = new Processor("test", "0") };
        var validator = new SelfDescribingValidator(resolver);
        using var enrichments = EnrichmentSet.Load(options, http, validator, TimeProvider.System);
        using var enrich = new EnrichPipeline(options, enrichments, validator, TimeProvider.System);
        var good = new ArrayBufferWriter<byte>();
        var bad = new ArrayBufferWriter<byte>();
        var position = 0;

        foreach (var request in Requests(Config))
        {
            var thrift = new ArrayBufferWriter<byte>();
            CollectorPayloadWriter.Write(Payload(request), thrift);
            await enrich.ProcessAsync(new RawPayload(Guid.NewGuid(), "p", position++, thrift.WrittenMemory), good, bad, CancellationToken.None);
        }

        Encoding.UTF8.GetString(bad.WrittenSpan).ShouldBeEmpty();
        good.WrittenSpan.Count((byte)'\n').ShouldBe(10_000);
    }

    [Fact]
    public void Traffic_WhenLongEnough_HoldsEveryKindOfEventAndVisitor()
    {
        var events = Requests(Config).SelectMany(request => request.Events).ToList();

        events.Select(parameters => parameters["e"]).Distinct().Order().ShouldBe(["pp", "pv", "se", "ti", "tr", "ue"]);
        events.Select(parameters => parameters["p"]).Distinct().Order().ShouldBe(["mob", "srv", "web"]);
        events.ShouldContain(parameters => parameters["tv"].StartsWith("no-js"));
        events.ShouldContain(parameters => parameters["tv"].StartsWith("js-") && !parameters.ContainsKey("duid") && !parameters.ContainsKey("sid"));
        events.ShouldContain(parameters => parameters["tv"].StartsWith("js-") && !parameters.ContainsKey("duid") && parameters.ContainsKey("sid"));
        events.ShouldContain(parameters => parameters.GetValueOrDefault("url", "").Contains("utm_campaign=") && parameters["url"].Contains("gclid="));
        events.ShouldContain(parameters => parameters.GetValueOrDefault("refr", "").Contains("facebook"));
        events.ShouldContain(parameters => parameters.GetValueOrDefault("vid") == "3", "some visitors return");
        events.ShouldContain(parameters => parameters.ContainsKey("uid") && parameters.ContainsKey("duid"));
        var types = events.Select(parameters => RecordedRequest.Base64(parameters, "ue_px")).OfType<string>().ToList();
        foreach (var name in new[] { "link_click", "add_to_cart/jsonschema", "\"type\":\"transaction\"", "\"type\":\"product_view\"", "screen_view" })
            types.ShouldContain(json => json.Contains(name));
    }

    [Fact]
    public void Traffic_WhenVisitorsLive_PingsEveryTenSecondsAndNumbersSessionsAndEvents()
    {
        var sessions = Requests(Config).SelectMany(request => request.Events)
            .Where(parameters => parameters.ContainsKey("sid"))
            .GroupBy(parameters => parameters["sid"]).ToList();

        foreach (var session in sessions)
        {
            var times = session.Select(parameters => long.Parse(parameters["dtm"])).ToList();
            times.ShouldBeInOrder();
            session.Select(parameters => parameters["vid"]).Distinct().Count().ShouldBe(1);
            var indexes = session.Select(EventIndex).OfType<int>().ToList();
            if (indexes.Count > 0)
                indexes.ShouldBe(Enumerable.Range(1, indexes.Count));
        }

        sessions.SelectMany(Gaps).ShouldContain(gap => gap == 10_000);
    }

    [Theory]
    [InlineData(RequestMethods.Post)]
    [InlineData(RequestMethods.Get)]
    internal void Traffic_WhenOneMethodIsAskedFor_UsesNoOther(RequestMethods method)
    {
        var requests = Requests(Config with { Method = method, Batch = 4 }).ToList();

        requests.Select(request => request.Method).Distinct().ShouldBe([method == RequestMethods.Post ? "POST" : "GET"]);
        requests.Max(request => request.Events.Count).ShouldBe(method == RequestMethods.Post ? 4 : 1);
    }

    [Fact]
    public void Traffic_WhenPosted_FillsNearlyEveryRequest()
    {
        var requests = Requests(Config with { Method = RequestMethods.Post }).ToList();

        requests.Average(request => request.Events.Count).ShouldBeGreaterThan(9);
    }

    [Fact]
    public void Traffic_WhenAsMuchAsAMinute_EndsNearThePresent()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var times = Requests(Config).SelectMany(request => request.Events).Select(parameters => long.Parse(parameters["dtm"])).ToList();
        var span = Traffic.SimulatedSpan(Config).TotalMilliseconds;

        times.Max().ShouldBeLessThanOrEqualTo(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        // The span is an estimate: the last event must lie within a third of it from now.
        times.Max().ShouldBeGreaterThan(now - (long)(span / 3));
    }

    private static IEnumerable<long> Gaps(IEnumerable<IReadOnlyDictionary<string, string>> session)
    {
        var times = session.Select(parameters => long.Parse(parameters["dtm"])).ToList();
        return times.Zip(times.Skip(1), (left, right) => right - left);
    }

    private static int? EventIndex(IReadOnlyDictionary<string, string> parameters)
    {
        if (RecordedRequest.Base64(parameters, "cx") is not { } cx)
            return null;
        using var json = JsonDocument.Parse(cx);
        foreach (var entity in json.RootElement.GetProperty("data").EnumerateArray())
        {
            if (entity.GetProperty("schema").GetString()!.Contains("client_session"))
                return entity.GetProperty("data").GetProperty("eventIndex").GetInt32();
        }

        return null;
    }

    private static IEnumerable<RecordedRequest> Requests(SimulateConfig config)
    {
        var traffic = new Traffic(config, TimeProvider.System);
        while (traffic.Next() is { } request)
        {
            request.Stamp(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            var payload = request.Payload.ToArray();
            var headers = new Dictionary<string, string> { ["User-Agent"] = request.Client.UserAgent };
            yield return request.IsGet
                ? new RecordedRequest("GET", "/i", Encoding.UTF8.GetString(payload), headers, [])
                : new RecordedRequest("POST", "/com.snowplowanalytics.snowplow/tp2", "", headers, payload);
        }
    }

    private static CollectorPayload Payload(RecordedRequest request) => new()
    {
        IpAddress = "192.0.2.1",
        TimestampMs = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(),
        Encoding = "UTF-8",
        Collector = "test",
        UserAgent = request.Headers["User-Agent"],
        Path = request.Path,
        Querystring = request.Query,
        Body = request.Body.Length == 0 ? null : request.Body,
        ContentType = request.Body.Length == 0 ? null : "application/json; charset=utf-8",
        NetworkUserId = Guid.NewGuid().ToString(),
        Schema = CollectorPayload.SchemaUri,
    };
}
