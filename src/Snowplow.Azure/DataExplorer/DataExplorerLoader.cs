using System.Globalization;
using Microsoft.Extensions.Logging;
using Snowplow.Storage.Blobs;

namespace Snowplow.Azure.DataExplorer;

/// <summary>
/// Loads what partitions put into the queue. Units of all partitions go together: one ingestion for each table and load, however many
/// partitions there are, under one <c>ingest-by</c> tag. What a batch holds is written down before, so that it is loaded once: an
/// ingestion whose outcome is unknown is waited for and tried again with the same files and the same tag. One loader works at a time
/// (<see cref="Blobs.BlobLeadership"/>).
/// </summary>
internal sealed class DataExplorerLoader(IBlobStore blobs, Func<string, string> uriOf, KustoClient kusto, DataExplorerOptions options, TimeProvider time, ILogger log)
{
    // What Data Explorer recommends as the most for one ingestion, and what a command can name.
    private const long MostBytes = 1L << 30;
    private const int MostFiles = 2000;
    private const int TablesAtOnce = 4;

    // How often Data Explorer may refuse files before they are loaded one by one, and a single one before it is set aside.
    private const int MostRefusals = 5;
    private const int MostRefusalsOfOne = 2;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    // The list of operations may be a little behind.
    private static readonly TimeSpan ListedWithin = TimeSpan.FromSeconds(15);

    private readonly LoadFolder _folder = new(blobs);

    // The service forgets operations after some hours; one that it does not know was lost, or its cluster stood still meanwhile.
    private const int UnknownAfterPolls = 120;

    // Another shared by many may never be without one.
    private static readonly TimeSpan LongestWaitForOthers = TimeSpan.FromMinutes(30);

    // Ingestions of another loader, or of this process before it was started again, may still be under way.
    private bool _isFresh = true;

    /// <summary>Loads all that waits now, first what was begun and not ended.</summary>
    /// <returns>The number of batches that were loaded.</returns>
    /// <exception cref="IOException">The blobs failed.</exception>
    public async Task<int> LoadWaitingAsync(CancellationToken cancellationToken)
    {
        DataExplorerMetrics.IsSetAside(await _folder.CountAsideAsync(cancellationToken));
        for (var loaded = 0; ; loaded++)
        {
            var (batch, isDone) = await _folder.LastAsync(cancellationToken);
            if (_isFresh && isDone) await _folder.RemoveOrphansAsync(batch, isNobodyAtWork: false, cancellationToken);
            if (isDone)
            {
                var next = await NextAsync(batch, cancellationToken);
                if (next is null) return loaded;
                if (!await _folder.TryBeginAsync(next, cancellationToken)) continue;
                batch = next;
            }

            await LoadAsync(batch, cancellationToken);
            await _folder.EndAsync(batch, cancellationToken);
            DataExplorerMetrics.Loaded(batch);
        }
    }

    private async Task<LoadBatch?> NextAsync(LoadBatch last, CancellationToken cancellationToken)
    {
        // Partitions in turn, so that none waits behind the backlog of another; each partition's units in order.
        var waiting = (await _folder.WaitingAsync(last, cancellationToken))
            .GroupBy(unit => unit.Partition).SelectMany(units => units.Select((unit, turn) => (Turn: turn, Unit: unit)))
            .OrderBy(unit => unit.Turn).Select(unit => unit.Unit).ToList();
        DataExplorerMetrics.Waits(waiting.Count);
        var (files, loaded) = (new List<LoadFile>(), last.Loaded.ToBuilder());
        await foreach (var unit in _folder.ReadAsync(waiting, cancellationToken))
        {
            if (files.Count > 0 && (files.Count + unit.Files.Count > MostFiles || files.Sum(file => file.Bytes) + unit.Files.Sum(file => file.Bytes) > MostBytes)) break;
            files.AddRange(unit.Files);
            loaded[unit.Partition] = unit.From;
        }

        return files.Count == 0 ? null : new LoadBatch(last.Number + 1, Guid.NewGuid(), files, loaded.ToImmutable());
    }

    private async Task LoadAsync(LoadBatch batch, CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            batch.Files.GroupBy(file => file.Table),
            new ParallelOptions { MaxDegreeOfParallelism = TablesAtOnce, CancellationToken = cancellationToken },
            async (table, stop) => await LoadTableAsync(batch, table.Key, [.. table], _isFresh, stop));
        _isFresh = false;
    }

    // Files that are refused together are loaded one by one, so that the one at fault is found, and holds up nothing. That they are is kept:
    // the same files must not be loaded together afterwards.
    private async Task LoadTableAsync(LoadBatch batch, string table, IReadOnlyList<LoadFile> files, bool mayBeUnderWay, CancellationToken cancellationToken)
    {
        if (!await _folder.IsSplitAsync(batch, table, cancellationToken))
        {
            if (await IngestAsync(batch, $"{batch.Id:D}", table, files, mayBeUnderWay, MostRefusals, cancellationToken) is null) return;
            await _folder.SplitAsync(batch, table, cancellationToken);
        }

        for (var i = 0; i < files.Count; i++)
        {
            var tag = $"{batch.Id:D}-{i}";
            if (await IngestAsync(batch, tag, table, [files[i]], mayBeUnderWay && i == 0, MostRefusalsOfOne, cancellationToken) is not { } refusal) continue;
            // A key is no part of it: an emulator's.
            var access = options.BlobAccess.StartsWith(";managed_identity", StringComparison.Ordinal) ? options.BlobAccess : "";
            var again = Command(tag, table, [files[i] with { Name = LoadFolder.NameAside(files[i]) }], access);
            await _folder.SetAsideAsync(files[i], new FileSetAside(table, batch.Number, time.GetUtcNow(), refusal.Message, again), cancellationToken);
            log.LogError("Data Explorer refuses a file of {Table} for good: it is set aside as {Name} (docs/azure.md)", table, LoadFolder.NameAside(files[i]));
        }
    }

    // Null once they are loaded; the refusal where Data Explorer will not have these files.
    private async Task<KustoException?> IngestAsync(
        LoadBatch batch, string tag, string table, IReadOnlyList<LoadFile> files, bool mayBeUnderWay, int mostRefusals, CancellationToken cancellationToken)
    {
        var (firstTag, refusals) = (tag, 0);
        for (var pause = Poll; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                if (mayBeUnderWay) await UntilNothingIsUnderWayAsync(cancellationToken);
                mayBeUnderWay = false;
                var operation = await kusto.RunAsync(Command(tag, table, files, options.BlobAccess), cancellationToken) is [var row, ..] && row.TryGetValue("OperationId", out var id)
                    ? id.GetString()!
                    : throw new KustoException("The answer names no operation.", isPermanent: false, isUnknown: true);
                await UntilEndedAsync(operation, cancellationToken);
                return null;
            }
            catch (KustoException failure)
            {
                mayBeUnderWay |= failure.IsUnknown;
                if (failure.IsOfFiles && ++refusals == mostRefusals) return failure;
                // The part that got in bears the tag, and would keep out the rest: rather some rows twice than lost.
                if (failure.IsPartial) tag = $"{firstTag}-{Guid.NewGuid():N}";
                DataExplorerMetrics.Failed();
                log.LogError(
                    failure, "Data Explorer: loading batch {Batch} into {Table} failed and is tried again in {Pause}{Advice}", batch.Number, table, pause,
                    failure.IsPermanent ? "; it will fail again until the cause is removed (docs/azure.md)" : "");
            }

            await Task.Delay(pause, time, cancellationToken);
            // By a loader that believed this one gone: then the files are no more, and nothing is left to do.
            var (last, isDone) = await _folder.LastAsync(cancellationToken);
            if (last.Number > batch.Number || isDone) return null;
        }
    }

    private string Command(string tag, string table, IReadOnlyList<LoadFile> files, string access)
    {
        var sources = string.Join(", ", files.Select(file => $"h'{uriOf(file.Name)}{access}'"));
        var how = table == DataExplorerWarehouse.Events ? "format='csv', ingestionMappingReference='enriched_tsv'" : "format='json', ingestionMappingReference='rows_json'";
        return string.Create(
            CultureInfo.InvariantCulture, $$""".ingest async into table {{table}} ({{sources}}) with ({{how}}, tags='["ingest-by:{{tag}}"]', ingestIfNotExists='["{{tag}}"]')""");
    }

    private async Task UntilEndedAsync(string operation, CancellationToken cancellationToken)
    {
        for (var unknown = 0; ; await Task.Delay(Poll, time, cancellationToken))
        {
            IReadOnlyList<IReadOnlyDictionary<string, System.Text.Json.JsonElement>> rows;
            try
            {
                rows = await kusto.RunAsync($".show operations {operation}", cancellationToken);
            }
            catch (KustoException failure)
            {
                // It goes on without being asked.
                log.LogWarning(failure, "Data Explorer: operation {Operation} could not be asked about", operation);
                if (failure.IsPermanent) throw new KustoException(failure.Message, isPermanent: true, isUnknown: true, failure);
                continue;
            }

            if (rows.Count == 0)
            {
                if (++unknown > UnknownAfterPolls) throw new KustoException($"The operation {operation} is not known any more.", isPermanent: false, isUnknown: true);
                continue;
            }

            var state = rows[^1]["State"].GetString();
            if (state is "Completed" or "Skipped") return;
            if (state is "InProgress" or "Scheduled") continue;
            // Trying again may help where it says so, and says nothing.
            var isOfFiles = state == "BadInput" || (state == "Failed" && rows[^1].TryGetValue("ShouldRetry", out var retry) && retry.ToString() is ("0" or "False" or "false"));
            throw new KustoException($"The operation {operation} ended as {state}: {rows[^1]["Status"]}", isPermanent: isOfFiles, isUnknown: state is "Abandoned")
            {
                IsOfFiles = isOfFiles, IsPartial = state == "PartiallySucceeded",
            };
        }
    }

    // A load that may still be under way has not written its tag yet: it must end before the same files may be named again.
    private async Task UntilNothingIsUnderWayAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(ListedWithin, time, cancellationToken);
        for (var since = time.GetTimestamp(); time.GetElapsedTime(since) < LongestWaitForOthers; await Task.Delay(Poll, time, cancellationToken))
            if ((await kusto.RunAsync(
                   ".show operations | where Operation == 'DataIngestPull' and StartedOn > ago(2h) | summarize arg_max(LastUpdatedOn, State) by OperationId | where State in ('InProgress', 'Scheduled')",
                   cancellationToken)).Count == 0)
                return;
    }
}
