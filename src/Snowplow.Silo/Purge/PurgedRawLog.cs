using Snowplow.Storage.Landing;
using Snowplow.Streams.Local;

namespace Snowplow.Silo.Purge;

/// <summary>Takes records of forgotten people out of a raw log on disk that no server has open. They keep their positions.</summary>
/// <param name="rawLog">Where it is.</param>
internal sealed class PurgedRawLog(LocalRawStreamOptions rawLog)
{
    /// <summary>Rewrites its files, each whole or not at all.</summary>
    /// <param name="people">Whose records go.</param>
    /// <param name="counts">Told how many went.</param>
    /// <param name="progress">Told of each file that is done.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Ends it between two files.</param>
    public async Task RewriteAsync(IReadOnlyList<PurgedPerson> people, PurgeCounts counts, Action<string> progress, TimeProvider time, CancellationToken stop)
    {
        if (!Directory.Exists(rawLog.Folder)) return;
        await RawLogPurge.SettleAsync(rawLog, time).ConfigureAwait(false);
        foreach (var file in RawLogFile.All(rawLog.Folder))
        {
            stop.ThrowIfCancellationRequested();
            var partition = new PartitionName(file.Stream, file.Partition).ToString();
            counts.Add("raw records", RawLogPurge.Rewrite(rawLog.Folder, file, record => people.Any(person => person.Owns(partition, record))));
            progress($"raw/{partition}-{file.First}");
        }
    }
}
