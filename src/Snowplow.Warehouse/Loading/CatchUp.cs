using Snowplow.Storage.Blobs;
using Snowplow.Storage.Landing;
using Snowplow.Storage.Warehouse;
using Snowplow.Warehouse.Store;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Loading;

/// <summary>Loads what has landed in files and is not in the store: all of it at the first start, what was in memory after a crash.</summary>
/// <param name="store">The store.</param>
/// <param name="loader">Puts rows in.</param>
/// <param name="blobs">Where the files are.</param>
/// <param name="makeRoom">Called before rows are put in: writes those that are there where they are many.</param>
internal sealed class CatchUp(WarehouseStore store, UnitLoader loader, IBlobStore blobs, Func<CancellationToken, ValueTask> makeRoom)
{
    /// <summary>Loads all that a partition's files hold now.</summary>
    /// <param name="partition">The partition.</param>
    /// <param name="files">Its enriched files.</param>
    /// <param name="progress">Told after each batch how many files are done.</param>
    /// <param name="stop">Ends it between two batches; what was loaded stays loaded.</param>
    /// <exception cref="LandingCorruptException">A file is damaged or missing.</exception>
    /// <exception cref="IOException">The files cannot be read, or the store's not be written.</exception>
    public async Task LoadAsync(PartitionName partition, IReadOnlyCollection<LandingPath> files, IProgress<CatchUpProgress>? progress, CancellationToken stop)
    {
        var positions = await HoldAsync(
            () => LandingPath.Tables.Append(WarehouseTables.Events).Append(WarehouseTables.BadRows).ToDictionary(table => table, table => store.Positions.Of(partition, table)), stop);
        var (from, end) = (positions.Values.Min(), files.Count == 0 ? long.MaxValue : 0L);
        var hours = new SortedSet<DateTimeOffset>();
        var firsts = files.Select(file => file.First).Order().ToArray();
        await foreach (var batch in LandedFiles.ReadAsync(blobs, files, partition, from, stop))
        {
            // Rows of ranges that begin here are in files of this hour.
            hours.Add(batch.CollectorHour);
            end = batch.UpTo;
            store.Positions.Landed(partition, end);
            if (batch.From < positions[WarehouseTables.Events] && batch.From < positions[WarehouseTables.BadRows]) continue;
            var bad = await LandedFiles.ReadBadRowsIfThereAsync(blobs, batch, stop);
            await makeRoom(stop);
            await AddAsync(() => loader.Add(partition, new WarehouseBatch(batch.From, batch.UpTo, batch.CollectorHour, batch.Events, bad)), stop);
            progress?.Report(new CatchUpProgress(partition, Done(firsts, batch.From), firsts.Length, loader.Events, batch.CollectorHour));
        }

        // A range's rows are written table by table in this order: where one of the first table is there, all of before it are, in all tables.
        var complete = 0L;
        foreach (var table in LandingPath.Tables)
        {
            // Hours need not be in the order of positions, so the table's position moves at the end. What is loaded twice is the same version.
            var upTo = positions[table];
            // From the beginning, what enriched files say nothing of (they may have been moved away) counts too.
            foreach (var hour in upTo == 0 ? [null] : hours.Select(hour => (DateTimeOffset?)hour))
            {
                await foreach (var rows in RowFiles.ReadRowsAsync(blobs, table, partition, hour, positions[table], stop))
                {
                    // What has landed since may be in hours that are not read.
                    if (rows.From >= end) continue;
                    await makeRoom(stop);
                    await AddAsync(() => loader.AddRows(table, rows.Lines.Span), stop);
                    upTo = Math.Max(upTo, rows.UpTo);
                    if (table == LandingPath.Tables[0]) complete = Math.Max(complete, rows.From);
                }
            }

            await AddAsync(() => store.Positions.Loaded(partition, table, Math.Max(upTo, complete)), stop);
        }
    }

    private static int Done(long[] firsts, long position) => firsts.AsSpan().BinarySearch(position) is var at && at >= 0 ? at : ~at;

    private Task<bool> AddAsync(Action add, CancellationToken stop) => HoldAsync(
        () =>
        {
            try
            {
                add();
                return true;
            }
            finally
            {
                // Also what was put in before something failed: rows are seen before they are written.
                loader.Publish();
            }
        }, stop);

    private async Task<T> HoldAsync<T>(Func<T> work, CancellationToken stop)
    {
        await store.Loading.WaitAsync(stop);
        try
        {
            return work();
        }
        finally
        {
            store.Loading.Release();
        }
    }
}

/// <summary>How far a partition's files have been loaded.</summary>
/// <param name="Partition">The partition.</param>
/// <param name="FilesDone">Enriched files that are done, or under way.</param>
/// <param name="Files">All of them.</param>
/// <param name="Events">Events loaded since the start, of all partitions.</param>
/// <param name="Hour">The collector hour that is loaded.</param>
public readonly record struct CatchUpProgress(PartitionName Partition, int FilesDone, int Files, long Events, DateTimeOffset Hour);
