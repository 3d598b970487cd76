using System.Buffers;
using System.Text;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Enrich.Tests.Pipeline;
using Snowplow.Events.Collector;
using Xunit.Abstractions;

namespace Snowplow.Enrich.Tests.Enrichments.JavaScript;

/// <summary>What a small script costs for each event.</summary>
public sealed class ScriptSpeed(ITestOutputHelper output)
{
    private const int EventsPerPost = 10;
    private const int Rounds = 4_000;

    // Of the kind that users have: a look at the URL and at a context, a field set.
    private const string Script = """
        function process(event, params, headers) {
          var url = event.getPage_url();
          if (url && url.indexOf('/shop/') > 0) event.setEtl_tags('shop');
          var contexts = JSON.parse(event.getContexts());
          for (var i = 0; i < contexts.data.length; i++) {
            if (contexts.data[i].schema.indexOf('web_page') > 0) event.setMkt_term(contexts.data[i].data.id);
          }
          return null;
        }
        """;

    [MeasurementFact]
    public void PostOfTenPageViews()
    {
        using var files = new EnrichmentFiles();
        _ = MicrosecondsPerEvent(files.Options);
        var without = MicrosecondsPerEvent(files.Options);
        files.Add(
            "com.snowplowanalytics.snowplow/javascript_script_config/1-0-0",
            $$"""{"script":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Script))}}"}""");
        var with = MicrosecondsPerEvent(files.Options);
        output.WriteLine($"{with:F1} µs of processor time per event with the script, {without:F1} µs without: {1e6 / (with - without):N0} runs of the script per second");
    }

    private static double MicrosecondsPerEvent(EnrichOptions options)
    {
        using var client = new HttpClient();
        using var resolver = new IgluResolver(new IgluOptions(), client, TimeProvider.System);
        var validator = new SelfDescribingValidator(resolver);
        using var enrichments = EnrichmentSet.Load(options, client, validator, TimeProvider.System);
        using var pipeline = new EnrichPipeline(options, enrichments, validator, TimeProvider.System);
        var record = new ArrayBufferWriter<byte>();
        CollectorPayloadWriter.Write(PageViews.Post(EventsPerPost), record);
        var raw = new RawPayload(Harness.PayloadId, "rawlog-3", 42, record.WrittenMemory);
        Run(pipeline, raw, Rounds / 4);
        var cpu = Environment.CpuUsage.TotalTime;
        Run(pipeline, raw, Rounds);
        return (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / Rounds / EventsPerPost;
    }

    private static void Run(EnrichPipeline pipeline, RawPayload raw, int rounds)
    {
        var (good, bad) = (new ArrayBufferWriter<byte>(1 << 20), new ArrayBufferWriter<byte>());
        for (var i = 0; i < rounds; i++)
        {
            good.ResetWrittenCount();
            pipeline.ProcessAsync(raw, good, bad, CancellationToken.None).AsTask().Wait();
        }

        Encoding.UTF8.GetString(bad.WrittenSpan).ShouldBeEmpty();
    }
}
