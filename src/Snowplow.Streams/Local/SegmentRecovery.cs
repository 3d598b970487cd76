using Microsoft.Extensions.Logging;

namespace Snowplow.Streams.Local;

/// <summary>Brings the last segment of a partition into order when the log is opened.</summary>
internal static class SegmentRecovery
{
    private const int ChunkSize = 1 << 20;

    /// <summary>
    /// Cuts off what follows the last whole record: an append that a crash tore, acknowledged to nobody. What remains is
    /// flushed, since the process before may have ended between write and flush. Damage before the last whole record
    /// stays, and is told of.
    /// </summary>
    /// <returns>The partition's next position.</returns>
    public static long Recover(Segment segment, LogContext context)
    {
        var next = segment.BasePosition;
        var whole = 0L;
        var pendingDamage = new List<(long From, long To)>();
        var scanner = new SegmentScanner(segment, context.IdentityCrc, 0, segment.Length, ChunkSize);
        for (var step = scanner.Next(); step != ScanStep.End; step = scanner.Next())
        {
            if (step == ScanStep.Damage)
            {
                pendingDamage.Add((scanner.DamageOffset, scanner.Offset));
                continue;
            }

            foreach (var (from, to) in pendingDamage) DamageReport.Write(context.Log, segment, from, to);
            pendingDamage.Clear();
            next = scanner.Position + 1;
            whole = scanner.Offset;
            segment.Index.Note(next, whole);
        }

        Cut(segment, whole, context);
        return next;
    }

    private static void Cut(Segment segment, long whole, LogContext context)
    {
        if (whole < segment.Length)
        {
            context.Log.LogWarning(
                "{File} ends in {Bytes} bytes from offset {Offset} that are no whole record: an append cut short by a crash. They are cut off",
                segment.Path, segment.Length - whole, whole);
            RandomAccess.SetLength(segment.Handle, whole);
            segment.Extend(whole, segment.LastAppend);
        }

        FileSync.Flush(segment.Handle);
    }
}
