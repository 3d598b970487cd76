using Microsoft.Extensions.Logging;

namespace Snowplow.Streams.Local;

/// <summary>Tells of damaged bytes in the middle of a segment, once per place.</summary>
internal static class DamageReport
{
    /// <summary>Logs a damaged range as an error, unless it has been logged since the log was opened.</summary>
    public static void Write(ILogger log, Segment segment, long from, long to)
    {
        if (!segment.IsNews(from)) return;
        log.LogError(
            "{File} is damaged from offset {From} to {To}: the records there are lost, reading goes on behind them. "
            + "Check the disk, and restore the file from a backup if there is one",
            segment.Path, from, to);
    }
}
