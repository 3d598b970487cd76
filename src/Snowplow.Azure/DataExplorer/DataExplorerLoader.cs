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

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    // The list of operations may be a little behind.
    private static readonly TimeSpan ListedWithin = TimeSpan.FromSeconds(15);

    private readonly LoadFolder _folder = new(blobs);

    // Ingestions of another loader, or of this process before it was started again, may still be under way.
    private bool _mayBeUnderWay = true;

    /// <summary>Loads all that waits now, first what was begun and not ended.</summary>
    /// <returns>The number of batches that were loaded.</returns>
    /// <exception cref="IOException">The blobs failed.</exception>
    public async Task<int> LoadWaitingAsync(CancellationToken cancellationToken)
    {
        for (var loaded = 0; ; loaded++)
        {
            var (batch, isDone) = await _folder.LastAsync(cancellationToken);
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
        var waiting = (await _folder.PendingAsync(last, cancellationToken).ToListAsync(cancellationToken))
            .GroupBy(unit => unit.Partition).SelectMany(units => units.Select((unit, turn) => (Turn: turn, Unit: unit)))
            .OrderBy(unit => unit.Turn).Select(unit => unit.Unit).ToList();
        DataExplorerMetrics.Waits(waiting.Sum(unit => unit.Files.Count));
        var (files, loaded) = (new List<LoadFile>(), last.Loaded.ToBuilder());
        foreach (var unit in waiting)
        {
            if (files.Count > 0 && (files.Count + unit.Files.Count > MostFiles || files.Sum(file => file.Bytes) + unit.Files.Sum(file => file.Bytes) > MostBytes)) break;
            files.AddRange(unit.Files);
            loaded[unit.Partition] = unit.From;
        }

        return files.Count == 0 ? null : new LoadBatch(last.Number + 1, Guid.NewGuid(), files, loaded.ToImmutable());
    }

    private async Task LoadAsync(LoadBatch batch, CancellationToken cancellationToken) => await Parallel.ForEachAsync(
        batch.Files.GroupBy(file => file.Table),
        new ParallelOptions { MaxDegreeOfParallelism = TablesAtOnce, CancellationToken = cancellationToken },
        async (table, stop) => await IngestAsync(batch, table.Key, [.. table], stop));

    private async Task IngestAsync(LoadBatch batch, string table, IReadOnlyList<LoadFile> files, CancellationToken cancellationToken)
    {
        var command = Command(batch, table, files);
        for (var pause = Poll; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                if (_mayBeUnderWay) await UntilNothingIsUnderWayAsync(cancellationToken);
                var operation = (await kusto.RunAsync(command, cancellationToken))[0]["OperationId"].GetString()!;
                await UntilEndedAsync(operation, cancellationToken);
                return;
            }
            catch (KustoException failure)
            {
                if (failure.IsUnknown) _mayBeUnderWay = true;
                DataExplorerMetrics.Failed();
                log.LogError(
                    failure, "Data Explorer: loading batch {Batch} into {Table} failed and is tried again in {Pause}{Advice}", batch.Number, table, pause,
                    failure.IsPermanent ? "; it will fail again until the cause is removed (docs/azure.md)" : "");
            }

            await Task.Delay(pause, time, cancellationToken);
            // By a loader that believed this one gone: then the files are no more, and nothing is left to do.
            var (last, isDone) = await _folder.LastAsync(cancellationToken);
            if (last.Number > batch.Number || isDone) return;
        }
    }

    private string Command(LoadBatch batch, string table, IReadOnlyList<LoadFile> files)
    {
        var sources = string.Join(", ", files.Select(file => $"h'{uriOf(file.Name)}{options.BlobAccess}'"));
        var how = table == DataExplorerWarehouse.Events ? "format='csv', ingestionMappingReference='enriched_tsv'" : "format='json', ingestionMappingReference='rows_json'";
        return string.Create(
            CultureInfo.InvariantCulture, $$""".ingest async into table {{table}} ({{sources}}) with ({{how}}, tags='["ingest-by:{{batch.Id:D}}"]', ingestIfNotExists='["{{batch.Id:D}}"]')""");
    }

    private async Task UntilEndedAsync(string operation, CancellationToken cancellationToken)
    {
        for (; ; await Task.Delay(Poll, time, cancellationToken))
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

            var state = rows.Count == 0 ? "InProgress" : rows[^1]["State"].GetString();
            if (state is "Completed" or "Skipped") return;
            if (state is "InProgress" or "Scheduled") continue;
            throw new KustoException($"The operation {operation} ended as {state}: {rows[^1]["Status"]}", isPermanent: state == "BadInput", isUnknown: state is "Abandoned" or "PartiallySucceeded");
        }
    }

    // A load that may still be under way has not written its tag yet: it must end before the same files may be named again.
    private async Task UntilNothingIsUnderWayAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(ListedWithin, time, cancellationToken);
        while ((await kusto.RunAsync(
                   ".show operations | where Operation == 'DataIngestPull' and StartedOn > ago(2h) | summarize arg_max(LastUpdatedOn, State) by OperationId | where State in ('InProgress', 'Scheduled')",
                   cancellationToken)).Count > 0)
            await Task.Delay(Poll, time, cancellationToken);
        _mayBeUnderWay = false;
    }
}
