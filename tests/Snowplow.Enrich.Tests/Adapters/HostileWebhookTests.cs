using System.Text;
using Snowplow.Enrich.Adapters;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Collector;

namespace Snowplow.Enrich.Tests.Adapters;

/// <summary>Whatever a webhook's request holds, it ends as events and bad rows, and never as a bug.</summary>
public sealed class HostileWebhookTests : IDisposable
{
    private const string Deep = "deep";

    private readonly Harness _harness = new();

    // What stands for one value, one name, one whole body.
    public static TheoryData<string, string> Nasties => new()
    {
        { "a lone surrogate", """[{"\ud800":"\udc00","event":"open","type":"\ud800","messages":[1],"sg_event_id":"\ud800"}]""" },
        { "a lone surrogate in an object", """{"\ud800":"\udc00","type":"sent","messages":[{"type":"incident.\ud800"}],"signature":{},"event-data":{}}""" },
        { "repeated names", """{"type":"sent","type":"opened","messages":1,"messages":[{"type":"incident.a","type":"incident.b"}],"a":1,"a":2}""" },
        { "names that become the same", """{"type":"sent","a_b":1,"aB":2,"_":1,"-":2,"event-data":{"a-b":1,"a_b":2,"event":"opened"},"signature":{"aB":3}}""" },
        { "numbers out of range", """{"type":"sent","sent_at":1e999,"opened_at":-99999999999999999999,"event":{"triggered_at":9223372036854775807}}""" },
        { "times out of range", """[{"event":"open","timestamp":253402300800},{"event":"open","timestamp":"1e5"},{"event":"open","timestamp":{}},{"subscriptionType":"deal.creation","occurredAt":9e18}]""" },
        { "empty names and values", """{"":"","type":"","messages":[],"event-data":{"":{}},"signature":{"":""}}""" },
        { "other types", """{"type":7,"messages":{},"event-data":[],"signature":"x","items":[1],"event":[],"processed":5,"id":{}}""" },
        { "deep arrays", Deep },
        { "a NUL", "\0" },
        { "white space", " \r\n\t " },
        { "form of brackets", "type=subscribe&[=1&]=2&a[=3&a[]=4&a[][]=5&a[b=6&a]b[=7&a[b][c]=8&a[b]=9&a[b][c][d]=10&=11&%=12&%zz=%ff" },
        { "form of deep brackets", $"type=subscribe&a{string.Concat(Enumerable.Repeat("[a]", 20_000))}=1" },
        { "form of nested JSON", "mandrill_events=[{%22ts%22:1e400,%22event%22:%22open%22},null,[],%22x%22]" },
        { "form of a form", "data={%22items%22:[{%22timestamp%22:%22x%22},null],%22operators%22:null,%22\\ud800%22:1}" },
        { "hits of odd numbers", "t=event&pr99999999999999999999id=1&pr0id=1&pr1id=1&pr01id=2&cd1cd1=1&il1pi=1&tr=1e400&cm1=NaN\nt=item&ip=79228162514264337593543950335&iq=1.5\n\n\r\nt" },
        { "a log of tabs", string.Concat(Enumerable.Repeat("\t", 25)) },
        { "a log of odd times", "9999-12-31\t23:59:60" + string.Concat(Enumerable.Repeat("\tx", 24)) },
    };

    [Theory]
    [MemberData(nameof(Nasties))]
    public async Task Body_OfANastyKind_IsAnsweredByEveryAdapter(string kind, string body)
    {
        kind.ShouldNotBeEmpty();
        if (body == Deep) body = new string('[', 10_000);
        foreach (var adapter in AdapterRegistry.All)
        {
            foreach (var contentType in (string?[])[null, "application/json", "application/x-www-form-urlencoded"])
            {
                var request = Harness.Post(body, contentType) with
                {
                    Path = $"/{adapter.Vendor}/{adapter.Version}",
                    Querystring = $"schema=iglu:com.acme/x/jsonschema/1-0-0&u=x&co={Uri.EscapeDataString(body)}&e=pv&message={Uri.EscapeDataString(body)}",
                };
                Check(await _harness.ProcessAsync(request), request);
            }
        }
    }

    [Fact]
    public async Task Requests_Damaged_AreAtLeastOneOutcomeEach()
    {
        var fuzz = new Fuzz(11);
        foreach (var testCase in AdapterCase.All)
        {
            for (var i = 0; i < Fuzz.Cases(20 * AdapterCase.All.Count) / AdapterCase.All.Count; i++)
            {
                var request = testCase.Request;
                if (request.Body is { } body) request = request with { Body = fuzz.Damage(body.Span) };
                if (request.Body is null || i % 4 == 0)
                    request = request with { Querystring = Encoding.UTF8.GetString(fuzz.Damage(Encoding.UTF8.GetBytes(request.Querystring!))) };
                Check(await _harness.ProcessAsync(request), request);
            }
        }
    }

    private static void Check(Outcome outcome, CollectorPayload request)
    {
        outcome.Counts.ShouldBe(new EnrichCounts(outcome.Good.Count, outcome.Bad.Count, Failed: outcome.Failed.Count));
        FailedEventRules.Check(outcome);
        (outcome.Good.Count + outcome.Bad.Count).ShouldBeGreaterThan(0);
        if (outcome.Bad.FirstOrDefault(row => row.Type == "generic_error") is { } bug) Assert.Fail($"{request.Path} {request.ContentType}: {bug}");
    }

    public void Dispose() => _harness.Dispose();
}
