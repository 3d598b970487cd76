using System.Diagnostics.Metrics;
using System.Globalization;

namespace Snowplow.Azure.EventHubs;

/// <summary>What the raw stream on Event Hubs counts, tagged by partition number.</summary>
internal static class EventHubsMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Snowplow.EventHubs";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> Batches = Meter.CreateCounter<long>("snowplow.eventhubs.batches", "{batch}", "Batches that the hub acknowledged.");
    private static readonly Counter<long> Records = Meter.CreateCounter<long>("snowplow.eventhubs.records", "{record}", "Records in these batches.");
    private static readonly Counter<long> SendFailures = Meter.CreateCounter<long>("snowplow.eventhubs.send_failures", "{batch}", "Batches that were not acknowledged, by reason: alarm when it goes on.");
    private static readonly Counter<long> ReadFailures = Meter.CreateCounter<long>("snowplow.eventhubs.read_failures", "{failure}", "Failures of reading, by reason: throttling and lost links are tried again.");

    public static void Sent(int partition, int records)
    {
        var tag = Tag(partition);
        Batches.Add(1, tag);
        Records.Add(records, tag);
    }

    public static void NotSent(int partition, Exception cause) => SendFailures.Add(1, Tag(partition), new("reason", HubFailure.Reason(cause)));

    public static void NotRead(int partition, Exception cause) => ReadFailures.Add(1, Tag(partition), new("reason", HubFailure.Reason(cause)));

    private static KeyValuePair<string, object?> Tag(int partition) => new("partition", partition.ToString(CultureInfo.InvariantCulture));
}
