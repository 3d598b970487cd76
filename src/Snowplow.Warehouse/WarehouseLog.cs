using Microsoft.Extensions.Logging;

namespace Snowplow.Warehouse;

/// <summary>What the warehouse tells.</summary>
internal static partial class WarehouseLog
{
    [LoggerMessage(1, LogLevel.Information, "The warehouse loads what has landed: partition {Partition}, file {File} of {Files} ({Hour:yyyy-MM-dd HH}:00), {Events} events so far.")]
    public static partial void CatchesUp(ILogger log, string partition, int file, int files, DateTimeOffset hour, long events);

    [LoggerMessage(2, LogLevel.Information, "The warehouse dropped {Rows} rows that are older than {Retention}.")]
    public static partial void Dropped(ILogger log, long rows, TimeSpan retention);

    [LoggerMessage(3, LogLevel.Error, "The warehouse could not do its work, and tries again in {Pause}.")]
    public static partial void Failed(ILogger log, Exception exception, TimeSpan pause);
}
