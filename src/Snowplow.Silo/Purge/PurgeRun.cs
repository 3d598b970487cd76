using Snowplow.Silo.Forget;
using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Streams.Local;
using Snowplow.Warehouse;

namespace Snowplow.Silo.Purge;

/// <summary>
/// Takes forgotten people out of a data folder that no server has open. Each file is rewritten whole or not at all, and what tells the
/// purge whom to look for goes last: broken off at any moment, it is made again.
/// </summary>
internal sealed class PurgeRun(string dataFolder, LocalRawStreamOptions rawLog, IReadOnlyList<Erasure> erasures, TimeProvider time)
{
    private readonly PurgeCounts _counts = new();
    private readonly FolderBlobStore _blobs = new(dataFolder);
    private readonly MemberRewrite _rewrite = new(dataFolder);

    private string DeadLetters => Path.Combine(dataFolder, "dead-letters");

    /// <summary>Makes it.</summary>
    /// <param name="progress">Told of each file that is done: its name.</param>
    /// <param name="stop">Ends it between two files.</param>
    /// <returns>What was taken out.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="LandingCorruptException">A file is damaged.</exception>
    public async Task<PurgeCounts> RunAsync(Action<string> progress, CancellationToken stop)
    {
        // It holds what the files hold, and is loaded from them again.
        WarehouseReset.All(Path.Combine(dataFolder, EmbeddedWarehouse.FolderName));
        var people = erasures.Select(erasure => new PurgedPerson(erasure)).ToList();
        var identities = new PurgedIdentities(people);
        var files = new PurgedFiles(people, identities, _counts);
        await foreach (var batch in LandedFiles.ReadAllAsync(_blobs, stop).ConfigureAwait(false)) files.Learn(batch.Events);
        await foreach (var rows in RowFiles.ReadRowsAsync(_blobs, LandingPath.Forgotten, stop).ConfigureAwait(false)) files.Learn(rows.Lines.Span);
        await foreach (var rows in RowFiles.ReadRowsAsync(_blobs, LandingPath.Identities, stop).ConfigureAwait(false)) identities.Learn(rows.Lines.Span);
        await PurgedStates.LearnAsync(dataFolder, identities).ConfigureAwait(false);

        // Enriched events tell which raw records and bad rows are the person's, and rows of forgotten which versions: they are later.
        await PurgeRawAsync(people, progress, stop).ConfigureAwait(false);
        await RewriteAsync(LandingPath.Bad, files.Bad, progress, stop).ConfigureAwait(false);
        await RewriteAsync(LandingPath.Failed, files.Failed, progress, stop).ConfigureAwait(false);
        foreach (var table in LandingPath.Tables.Where(table => table != LandingPath.Forgotten))
            await RewriteAsync(table, files.Rows(table), progress, stop).ConfigureAwait(false);
        await RewriteAsync(LandingPath.Enriched, (_, _, lines) => files.Enriched(lines), progress, stop).ConfigureAwait(false);
        foreach (var letters in Directory.Exists(DeadLetters) ? Directory.GetFiles(DeadLetters, "*.jsonl") : [])
            _counts.Add("dead letters", PurgedLetters.Rewrite(letters, people));
        // Behind the events: a server that starts in between must not model in a new state what an old one has forgotten.
        _counts.Add("states", await PurgedStates.DeleteAsync(dataFolder, people, identities).ConfigureAwait(false));
        await RewriteAsync(LandingPath.Forgotten, files.Rows(LandingPath.Forgotten), progress, stop).ConfigureAwait(false);
        var folder = new ErasureFolder(_blobs);
        foreach (var erasure in erasures)
            await folder.KeepAsync(erasure with { State = ErasureState.Purged, PurgedAt = time.GetUtcNow(), Person = null }, stop).ConfigureAwait(false);
        return _counts;
    }

    private async Task PurgeRawAsync(List<PurgedPerson> people, Action<string> progress, CancellationToken stop)
    {
        if (!Directory.Exists(rawLog.Folder)) return;
        await RawLogPurge.SettleAsync(rawLog, time).ConfigureAwait(false);
        foreach (var file in RawLogFile.All(rawLog.Folder))
        {
            stop.ThrowIfCancellationRequested();
            var partition = new PartitionName(file.Stream, file.Partition).ToString();
            _counts.Add("raw records", RawLogPurge.Rewrite(rawLog.Folder, file, record => people.Any(person => person.Owns(partition, record))));
            progress($"raw/{partition}-{file.First}");
        }
    }

    private async Task RewriteAsync(string area, ChangeLines change, Action<string> progress, CancellationToken stop)
    {
        foreach (var file in await _rewrite.FilesAsync(area, stop).ConfigureAwait(false))
        {
            stop.ThrowIfCancellationRequested();
            if (await _rewrite.RewriteAsync(file.Name, change, stop).ConfigureAwait(false)) _counts.Add("files rewritten");
            progress(file.Name);
        }
    }
}
