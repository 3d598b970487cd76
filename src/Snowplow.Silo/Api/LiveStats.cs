using Snowplow.Grains.Partition;
using Snowplow.Silo.Metrics;

namespace Snowplow.Silo.Api;

/// <summary>Makes the numbers of <see cref="LiveStatsMessage"/>. To be asked once a second, by one caller.</summary>
internal sealed class LiveStats(MetricsCollector metrics, PartitionSupervisor partitions)
{
    private const int WindowSeconds = 3;

    private readonly Queue<double> _totals = new();

    /// <summary>The numbers now.</summary>
    public LiveStatsMessage Next()
    {
        var good = metrics.Sum("snowplow_pipeline_good_total");
        _totals.Enqueue(good);
        var before = _totals.Count > WindowSeconds ? _totals.Dequeue() : _totals.Peek();
        var lag = partitions.Statuses.Sum(status => status is null ? 0 : Math.Max(0, status.RawEnd - status.LandedUpTo));
        return new LiveStatsMessage(
            (good - before) / Math.Max(1, _totals.Count < WindowSeconds ? _totals.Count - 1 : WindowSeconds), (long)good, (long)metrics.Sum("snowplow_pipeline_bad_total"), lag);
    }
}
