using Snowplow.Silo.Forget;
using Snowplow.Silo.Serve;
using Snowplow.Storage.Landing;

namespace Snowplow.Silo.Purge;

/// <summary>
/// Takes forgotten people out of what has landed, and out of states, of a platform that stands still. Each file is rewritten whole or not at
/// all, and what tells the purge whom to look for goes last: broken off at any moment, it is made again.
/// </summary>
internal sealed class PurgeRun(StoppedPlatform platform, IReadOnlyList<Erasure> erasures, TimeProvider time)
{
    private const string DeadLetters = "dead-letters/";

    private readonly PurgeCounts _counts = new();
    private readonly MemberRewrite _rewrite = new(platform.Blobs);
    private readonly ErasureFolder _folder = new(platform.Blobs);

    /// <summary>Makes it.</summary>
    /// <param name="progress">Told of each file that is done: its name.</param>
    /// <param name="stop">Ends it between two files.</param>
    /// <returns>What was taken out.</returns>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    /// <exception cref="LandingCorruptException">A file is damaged.</exception>
    public async Task<PurgeCounts> RunAsync(Action<string> progress, CancellationToken stop)
    {
        await platform.PreparePurgeAsync(stop).ConfigureAwait(false);
        var people = erasures.Select(erasure => new PurgedPerson(erasure)).ToList();
        var identities = new PurgedIdentities(people);
        var files = new PurgedFiles(people, identities, _counts);
        await foreach (var batch in LandedFiles.ReadAllAsync(platform.Blobs, stop).ConfigureAwait(false)) files.Learn(batch.Events);
        await foreach (var rows in RowFiles.ReadRowsAsync(platform.Blobs, LandingPath.Forgotten, stop).ConfigureAwait(false)) files.Learn(rows.Lines.Span);
        await foreach (var rows in RowFiles.ReadRowsAsync(platform.Blobs, LandingPath.Identities, stop).ConfigureAwait(false)) identities.Learn(rows.Lines.Span);
        await PurgedStates.LearnAsync(platform, identities, stop).ConfigureAwait(false);
        var kept = await KeepAsync(identities, stop).ConfigureAwait(false);

        // Enriched events tell which raw records and bad rows are the person's, and rows of forgotten which versions: they are later.
        if (platform.RawLog is { } rawLog) await rawLog.RewriteAsync(people, _counts, progress, time, stop).ConfigureAwait(false);
        await RewriteAsync(LandingPath.Bad, files.Bad, progress, stop).ConfigureAwait(false);
        await RewriteAsync(LandingPath.Failed, files.Failed, progress, stop).ConfigureAwait(false);
        foreach (var table in LandingPath.Tables.Where(table => table != LandingPath.Forgotten))
            await RewriteAsync(table, files.Rows(table), progress, stop).ConfigureAwait(false);
        await RewriteAsync(LandingPath.Enriched, (_, _, lines) => files.Enriched(lines), progress, stop).ConfigureAwait(false);
        await foreach (var letters in platform.Blobs.ListAsync(DeadLetters, stop).ConfigureAwait(false))
            if (letters.Name.EndsWith(".jsonl", StringComparison.Ordinal))
                _counts.Add("dead letters", await PurgedLetters.RewriteAsync(platform.Blobs, letters.Name, people, stop).ConfigureAwait(false));
        // Behind the events: a server that starts in between must not model in a new state what an old one has forgotten.
        _counts.Add("states", await PurgedStates.DeleteAsync(platform, people, identities, stop).ConfigureAwait(false));
        await RewriteAsync(LandingPath.Forgotten, files.Rows(LandingPath.Forgotten), progress, stop).ConfigureAwait(false);
        foreach (var erasure in kept)
            await _folder.KeepAsync(erasure with { State = ErasureState.Purged, PurgedAt = time.GetUtcNow(), Person = null }, stop).ConfigureAwait(false);
        return _counts;
    }

    // Which identities to look at is told by rows that go before the states do.
    private async Task<IReadOnlyList<Erasure>> KeepAsync(PurgedIdentities identities, CancellationToken stop)
    {
        var kept = new List<Erasure>();
        foreach (var erasure in erasures)
            kept.Add(await _folder.KeepAsync(erasure with { Person = erasure.Person! with { Identities = erasure.Person.Identities.Union(identities.Touched) } }, stop).ConfigureAwait(false));
        return kept;
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
