using Microsoft.Extensions.Logging;
using Snowplow.Warehouse.Loading;

namespace Snowplow.Warehouse;

/// <summary>Tells a log every few seconds how far the warehouse has caught up.</summary>
internal sealed class LoggedProgress(ILogger log, TimeProvider time) : IProgress<CatchUpProgress>
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private long _last = time.GetTimestamp();

    /// <inheritdoc/>
    public void Report(CatchUpProgress value)
    {
        if (time.GetElapsedTime(_last) < Interval) return;
        _last = time.GetTimestamp();
        WarehouseLog.CatchesUp(log, value.Partition.ToString(), value.FilesDone, value.Files, value.Hour, value.Events);
    }
}
