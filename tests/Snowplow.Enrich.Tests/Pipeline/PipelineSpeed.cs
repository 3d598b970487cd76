using System.Buffers;
using System.Diagnostics;
using System.Text;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Enrich.Tests.UserAgents;
using Snowplow.Events.Collector;
using Xunit.Abstractions;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>How many events one core enriches, and what each allocates.</summary>
public sealed class PipelineSpeed(ITestOutputHelper output)
{
    private const int EventsPerPost = 10;
    private const int Rounds = 200_000;

    [MeasurementFact]
    public void PostOfTenPageViews() => Measure([PageViews.Post(EventsPerPost)], EventsPerPost);

    /// <summary>
    /// Visitors as a site has them: a page view a POST, random addresses, and user agents of uap-core's cases of which a few hundred
    /// make most of the traffic (1 over rank). Their context comes from the cache where it is there.
    /// </summary>
    [MeasurementFact]
    public void PageViewsOfManyVisitors()
    {
        var random = new Random(7);
        var userAgents = UapCoreCases.UserAgents();
        var posts = Enumerable.Range(0, 20_000).Select(_ => PageViews.Post(1) with
        {
            UserAgent = userAgents[(int)Math.Pow(userAgents.Count, random.NextDouble())],
            IpAddress = $"{random.Next(1, 224)}.{random.Next(256)}.{random.Next(256)}.{random.Next(256)}",
            Headers = ["Host: collector.acme.com", "Accept: */*", "application/json"],
        });
        Measure([.. posts], 1);
    }

    private void Measure(CollectorPayload[] posts, int events)
    {
        using var client = new HttpClient();
        using var resolver = new IgluResolver(new IgluOptions(), client, TimeProvider.System);
        var validator = new SelfDescribingValidator(resolver);
        using var enrichments = EnrichmentSet.Load(Harness.Options, client, validator, TimeProvider.System);
        using var pipeline = new EnrichPipeline(Harness.Options, enrichments, validator, TimeProvider.System);
        var records = Array.ConvertAll(posts, post =>
        {
            var record = new ArrayBufferWriter<byte>();
            CollectorPayloadWriter.Write(post, record);
            return new RawPayload(Harness.PayloadId, "rawlog-3", 42, record.WrittenMemory);
        });
        var (good, bad) = (new ArrayBufferWriter<byte>(1 << 20), new ArrayBufferWriter<byte>());

        // The first call loads the schemas and may wait; the later ones complete at once.
        pipeline.ProcessAsync(records[0], good, bad, CancellationToken.None).AsTask().Wait();
        Encoding.UTF8.GetString(bad.WrittenSpan).ShouldBeEmpty();
        Run(pipeline, records, events, good, bad, Rounds / 2);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var cpu = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        Run(pipeline, records, events, good, bad, Rounds);
        var wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var seconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var total = (double)Rounds * events;
        output.WriteLine($"{total / wall:N0} events/s; {total / seconds:N0} events per second of processor time (the whole process's), {seconds / total * 1e6:F2} µs and "
            + $"{allocated / total:F0} B allocated per event; first record of {records[0].Thrift.Length} bytes");
    }

    private static void Run(EnrichPipeline pipeline, RawPayload[] records, int events, ArrayBufferWriter<byte> good, ArrayBufferWriter<byte> bad, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            good.ResetWrittenCount();
            var call = pipeline.ProcessAsync(records[i % records.Length], good, bad, CancellationToken.None);
            if (!call.IsCompletedSuccessfully) throw new InvalidOperationException("The schemas are cached, so nothing should be waited for.");
            if (call.Result.Good != events) throw new InvalidOperationException("Every event of the record is good.");
        }
    }
}
