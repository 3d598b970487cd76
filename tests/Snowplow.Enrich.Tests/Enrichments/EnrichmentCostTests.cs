using System.Diagnostics;
using System.Text;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Parameters;
using Snowplow.Enrich.Payloads;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Collector;
using Snowplow.Events.Enriched;
using Xunit.Abstractions;

namespace Snowplow.Enrich.Tests.Enrichments;

/// <summary>What a page view costs in the enrichments that ask nobody, all configured.</summary>
public sealed class EnrichmentCostTests : IDisposable
{
    private const string Snowplow = "com.snowplowanalytics.snowplow";
    private const string Enrichments = "com.snowplowanalytics.snowplow.enrichments";

    private readonly ITestOutputHelper _output;
    private readonly EnrichmentFiles _files = new();
    private readonly HttpClient _client = new();
    private readonly IgluResolver _resolver;
    private readonly EnrichmentSet _set;
    private readonly EventInProgress _event = new();
    private readonly ParameterMapper _mapper = new();
    private readonly RawEvents _raw = new();
    private readonly CollectorPayload _request;
    private readonly IEnrichmentStep[] _steps;

    public EnrichmentCostTests(ITestOutputHelper output)
    {
        _output = output;
        Configure();
        _resolver = new IgluResolver(new IgluOptions(), _client, TimeProvider.System);
        _set = EnrichmentSet.Load(_files.Options, _client, new SelfDescribingValidator(_resolver), TimeProvider.System);
        _steps = _set.CreateSteps();
        _raw.AddQuery(Encoding.UTF8.GetBytes(
            "e=pv&p=web&tv=js-4&aid=shop&tna=sp&eid=c6ef3124-b53a-4b13-a233-0088f79dcbcb&dtm=1772366399000&stm=1772366399800&page=Trail+shoe&lang=en"
            + "&url=https%3A%2F%2Fa.example%2Fshop%3Futm_source%3Dn%26_sp%3Dd.1772366399123&refr=https%3A%2F%2Fwww.google.com%2Fsearch%3Fq%3Dshoe"));
        _raw.AddQueryEvent();
        _request = PageViews.Post(1) with { Headers = [.. PageViews.Post(1).Headers!, "Cookie: a=b; sp=1"] };
    }

    [Fact]
    public void PageView_ThroughAllOfThem_AllocatesNothing()
    {
        Run();
        _event.Failures.ShouldBeEmpty();
        _event.DerivedContexts.Count.ShouldBe(7);
        for (var i = 0; i < 100; i++) Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) Run();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [MeasurementFact]
    public void EachStep_OfAPageView()
    {
        const int Batches = 40;
        const int Rounds = 5_000;

        // The fastest batch is the one that other programs disturbed least.
        var best = new double[_steps.Length];
        Array.Fill(best, double.MaxValue);
        var all = double.MaxValue;
        for (var batch = 0; batch < Batches; batch++)
        {
            var ticks = new long[_steps.Length];
            for (var i = 0; i < Rounds; i++)
            {
                Begin();
                for (var step = 0; step < _steps.Length; step++)
                {
                    var start = Stopwatch.GetTimestamp();
                    Do(_steps[step]);
                    ticks[step] += Stopwatch.GetTimestamp() - start;
                }
            }

            for (var step = 0; step < _steps.Length; step++) best[step] = Math.Min(best[step], Nanoseconds(ticks[step]));
            var whole = Stopwatch.GetTimestamp();
            for (var i = 0; i < Rounds; i++) Run();
            all = Math.Min(all, Nanoseconds(Stopwatch.GetTimestamp() - whole));
        }

        for (var step = 0; step < _steps.Length; step++) _output.WriteLine($"{_steps[step].GetType().Name}: {best[step]:F0} ns, the clock's own time included");
        _output.WriteLine($"all, with the mapping of parameters: {all:F0} ns");

        static double Nanoseconds(long ticks) => ticks * 1e9 / Stopwatch.Frequency / Rounds;
    }

    public void Dispose()
    {
        _event.Dispose();
        _set.Dispose();
        _resolver.Dispose();
        _client.Dispose();
        _files.Dispose();
    }

    private void Run()
    {
        Begin();
        foreach (var step in _steps) Do(step);
    }

    private void Begin()
    {
        _event.Begin(_request, _raw, _raw[0]);
        _event.Fields.SetText(EventField.VCollector, "c-1"u8);
        _event.Fields.SetText(EventField.Useragent, "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"u8);
        _event.Fields.SetText(EventField.UserIpaddress, "203.0.113.9"u8);
        _mapper.Map(_event);
        _event.DerivedContexts.Add("iglu:com.snowplowanalytics.snowplow/asn/jsonschema/1-0-1"u8, """{"number":1}"""u8);
    }

    private void Do(IEnrichmentStep step)
    {
        var call = step.EnrichAsync(_event, CancellationToken.None);
        if (!call.IsCompletedSuccessfully) throw new InvalidOperationException($"{step} waits, and nothing has to be waited for.");
    }

    // Lists as long as real ones.
    private void Configure()
    {
        _files.AddFile("ip_exclude_current_cidr.txt", string.Join('\n', Enumerable.Range(0, 1000).Select(i => $"192.{i / 250}.{i % 250}.0/25")))
            .AddFile("exclude_current.txt", string.Join('\n', Enumerable.Range(0, 400).Select(i => $"robot{i}x|1||0|0|0")))
            .AddFile("include_current.txt", "opera|1|1\nmozilla|1|1\n")
            .AddFile("specs.data", """[{"id":"a","schemaKey":"iglu:com.snowplowanalytics.snowplow/page_view/jsonschema/1-0-0"}]""")
            .AddFile("rates.csv", "Date,USD\n2026-02-28,1.1\n")
            .Add($"{Enrichments}/iab_spiders_and_robots_enrichment/1-0-0", $$"""
                {"ipFile":{{Place("ip_exclude_current_cidr.txt")}},"excludeUseragentFile":{{Place("exclude_current.txt")}},"includeUseragentFile":{{Place("include_current.txt")}} }
                """)
            .Add($"{Snowplow}/currency_conversion_config/1-0-0", """{"apiKey":"rates:rates.csv","baseCurrency":"EUR","rateAt":"EOD_PRIOR","accountType":"DEVELOPER"}""")
            .Add($"{Snowplow}/referer_parser/1-0-0", """{"internalDomains":["b.example"]}""")
            .Add($"{Snowplow}/event_fingerprint_config/1-0-1", """{"hashAlgorithm":"MD5","excludeParameters":["eid","nuid","stm","cv"]}""")
            .Add($"{Snowplow}/cookie_extractor_config/1-0-0", """{"cookies":["sp"]}""")
            .Add($"{Enrichments}/http_header_extractor_config/1-0-0", """{"headersPattern":"Origin|Host"}""")
            .Add($"{Enrichments}/asn_lookups/1-0-0", """{"botAsns":[{"asn":1}]}""")
            .Add($"{Enrichments}/bot_detection_enrichment_config/1-0-1", """{"useYauaa":true,"useIab":true,"useAsnLookups":true,"useClientSideDetection":true}""")
            .Add($"{Snowplow}/anon_ip/1-0-1", """{"anonOctets":1}""")
            .Add($"{Enrichments}/event_spec_enrichment_config/1-0-0", Place("specs.data"));
    }

    private string Place(string database) => $$"""{"database":"{{database}}","uri":"file://{{_files.Folder}}"}""";
}
