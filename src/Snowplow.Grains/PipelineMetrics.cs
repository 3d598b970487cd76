using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Snowplow.Enrich;
using Snowplow.Grains.Partition;
using Snowplow.Storage.Landing;

namespace Snowplow.Grains;

/// <summary>What the partition grains count and measure, tagged by partition number.</summary>
internal static class PipelineMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Snowplow.Pipeline";

    private static readonly Meter Meter = new(MeterName);
    private static readonly ConcurrentDictionary<string, PartitionStatus> Statuses = new();

    private static readonly Counter<long> Raw = Meter.CreateCounter<long>("snowplow.pipeline.raw", "{record}", "Raw records landed.");
    private static readonly Counter<long> Good = Meter.CreateCounter<long>("snowplow.pipeline.good", "{event}", "Enriched events landed.");
    private static readonly Counter<long> Bad = Meter.CreateCounter<long>("snowplow.pipeline.bad", "{row}", "Bad rows landed.");
    private static readonly Counter<long> FailedEvents = Meter.CreateCounter<long>("snowplow.pipeline.failed", "{event}", "Failed events landed beside their bad rows.");
    private static readonly Counter<long> Forgotten = Meter.CreateCounter<long>("snowplow.pipeline.forgotten", "{record}", "Raw records that the stream lost before they landed: alarm on any.");
    private static readonly Counter<long> Checkpoints = Meter.CreateCounter<long>("snowplow.pipeline.checkpoints", "{checkpoint}", "Ranges finished.");
    private static readonly Counter<long> Replays = Meter.CreateCounter<long>("snowplow.pipeline.replays", "{replay}", "Ranges replayed because a grain was behind.");
    private static readonly Counter<long> Ends = Meter.CreateCounter<long>("snowplow.pipeline.conflicts", "{activation}", "Partition activations that ended because another one was at work.");
    private static readonly Counter<long> Failures = Meter.CreateCounter<long>("snowplow.pipeline.failures", "{failure}", "Infrastructure failures that are being retried.");
    private static readonly Counter<long> Hidden = Meter.CreateCounter<long>("snowplow.pipeline.live_failures", "{batch}", "Batches that could not be published to the live feed.");
    private static readonly Histogram<double> Latency = Meter.CreateHistogram<double>("snowplow.pipeline.landing_latency", "s", "From the collector's clock to landed, of each batch's oldest record.");

    static PipelineMetrics()
    {
        Meter.CreateObservableGauge("snowplow.pipeline.lag", () => OfEach(status => Math.Max(0, status.RawEnd - status.LandedUpTo)), "{record}", "Raw records not yet landed.");
        Meter.CreateObservableGauge("snowplow.pipeline.problem", () => OfEach(status => status.Problem is null ? 0L : 1L), "{partition}", "1 while a partition is retrying what failed: alarm when it stays.");
    }

    public static void Landed(PartitionName partition, int raw, EnrichCounts counts, TimeSpan oldest)
    {
        var tag = Tag(partition);
        Raw.Add(raw, tag);
        Good.Add(counts.Good, tag);
        // Before the bad rows that they stand beside: who reads between the two sees no bad row without its event.
        FailedEvents.Add(counts.Failed, tag);
        Bad.Add(counts.Bad, tag);
        if (raw > 0) Latency.Record(Math.Max(0, oldest.TotalSeconds), tag);
    }

    public static void SetStatus(PartitionStatus status) => Statuses[status.Partition] = status;

    public static void Lost(PartitionName partition, long records) => Forgotten.Add(records, Tag(partition));

    public static void Checkpointed(PartitionName partition) => Checkpoints.Add(1, Tag(partition));

    public static void Replayed(PartitionName partition) => Replays.Add(1, Tag(partition));

    public static void ActivationsEnded(PartitionName partition) => Ends.Add(1, Tag(partition));

    public static void Failed(PartitionName partition) => Failures.Add(1, Tag(partition));

    public static void NotShown(PartitionName partition) => Hidden.Add(1, Tag(partition));

    private static IEnumerable<Measurement<long>> OfEach(Func<PartitionStatus, long> value) =>
        Statuses.Values.Select(status => new Measurement<long>(value(status), new KeyValuePair<string, object?>("partition", status.Partition)));

    private static KeyValuePair<string, object?> Tag(PartitionName partition) => new("partition", partition.ToString());
}
