using System.Buffers;
using System.Text;
using Snowplow.Enrich.Enrichments;
using Snowplow.Enrich.Iglu;
using Snowplow.Enrich.Tests.JsonSchema;
using Snowplow.Events.Collector;
using Xunit.Abstractions;

namespace Snowplow.Enrich.Tests.Pipeline;

/// <summary>How many events one core enriches, and what each allocates.</summary>
public sealed class PipelineSpeed(ITestOutputHelper output)
{
    private const int EventsPerPost = 10;
    private const int Rounds = 20_000;

    [MeasurementFact]
    public void PostOfTenPageViews()
    {
        using var client = new HttpClient();
        using var resolver = new IgluResolver(new IgluOptions(), client, TimeProvider.System);
        var validator = new SelfDescribingValidator(resolver);
        using var enrichments = EnrichmentSet.Load(Harness.Options, client, validator, TimeProvider.System);
        using var pipeline = new EnrichPipeline(Harness.Options, enrichments, validator, TimeProvider.System);
        var record = new ArrayBufferWriter<byte>();
        CollectorPayloadWriter.Write(PageViews.Post(EventsPerPost), record);
        var raw = new RawPayload(Harness.PayloadId, "rawlog-3", 42, record.WrittenMemory);
        var (good, bad) = (new ArrayBufferWriter<byte>(1 << 20), new ArrayBufferWriter<byte>());

        // The first call loads the schema and may wait; the later ones complete at once.
        pipeline.ProcessAsync(raw, good, bad, CancellationToken.None).AsTask().Wait();
        Encoding.UTF8.GetString(bad.WrittenSpan).ShouldBeEmpty();
        Run(pipeline, raw, good, bad, Rounds / 4);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var cpu = Environment.CpuUsage.TotalTime;
        Run(pipeline, raw, good, bad, Rounds);
        var seconds = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        output.WriteLine($"{Rounds * EventsPerPost / seconds:N0} events per second of processor time (the whole process's), {seconds / Rounds / EventsPerPost * 1e6:F2} µs and "
            + $"{(double)allocated / Rounds / EventsPerPost:F0} B allocated per event; record of {record.WrittenCount} bytes");
    }

    private static void Run(EnrichPipeline pipeline, RawPayload raw, ArrayBufferWriter<byte> good, ArrayBufferWriter<byte> bad, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            good.ResetWrittenCount();
            var call = pipeline.ProcessAsync(raw, good, bad, CancellationToken.None);
            if (!call.IsCompletedSuccessfully) throw new InvalidOperationException("The schemas are cached, so nothing should be waited for.");
            if (call.Result.Good != EventsPerPost) throw new InvalidOperationException("Every event of the record is good.");
        }
    }
}
