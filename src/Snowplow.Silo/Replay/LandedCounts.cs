using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Replay;

/// <summary>Counts what the server made of raw payloads, from its own files.</summary>
internal static class LandedCounts
{
    /// <summary>The counts of all batches that begin at a position or behind it.</summary>
    /// <param name="dataFolder">The server's data folder; only read.</param>
    /// <param name="fromPosition">The first position, in each partition.</param>
    /// <param name="stop">Ends the counting.</param>
    public static async Task<ReplayCounts> CountAsync(string dataFolder, long fromPosition, CancellationToken stop)
    {
        var counts = new ReplayCounts();
        var blobs = new FolderBlobStore(dataFolder);
        await foreach (var batch in LandedFiles.ReadAllAsync(blobs, stop).ConfigureAwait(false))
        {
            if (batch.From < fromPosition) continue;
            counts.Good += batch.GoodCount;
            counts.AddBadLines((await LandedFiles.ReadBadRowsAsync(blobs, batch, stop).ConfigureAwait(false)).Span);
        }

        return counts;
    }
}
