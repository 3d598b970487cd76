using Snowplow.Warehouse.Extents;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Store;

/// <summary>The work on the store's files: rows in memory are written, small extents merged, old ones dropped.</summary>
internal sealed class StoreUpkeep(WarehouseStore store)
{
    // From how many neighbours of a size on they are merged, and the sizes, in rows: a row is rewritten about once for each.
    private const int MergedAtOnce = 8;
    private static readonly int[] Sizes = [8_192, 65_536, 524_288];

    /// <summary>Writes all rows in memory, so that the manifest's positions are those of now.</summary>
    /// <exception cref="IOException">The files cannot be written; the rows stay in memory.</exception>
    public async Task FlushAsync(CancellationToken stop)
    {
        await store.Writing.WaitAsync(stop);
        try
        {
            await FlushHeldAsync(stop);
        }
        finally
        {
            store.Writing.Release();
        }
    }

    private async Task FlushHeldAsync(CancellationToken stop)
    {
        Dictionary<string, Dictionary<string, long>> positions = [];
        var rewrites = new List<(StoredTable Table, TableRewrite Rewrite)>();
        await LoadingAsync(() =>
        {
            // A load that failed half way has let all be seen that it put in.
            store.Publish();
            positions = store.Positions.Copy();
            store.Change(() =>
            {
                foreach (var table in store.Tables.Values) table.Freeze();
            });
            foreach (var table in store.Tables.Values)
                if (table.Settled.OfType<HotSegment>().ToArray() is { Length: > 0 } hot) rewrites.Add((table, new TableRewrite(table.Definition, hot)));
        }, stop);

        // Positions and rows of all tables change together: a manifest must not have the one without the other.
        await RewriteAsync(rewrites, stop);
        store.Files.Settled(positions);
        await CommitAsync(stop);
    }

    /// <summary>Merges extents of one table where there are many small ones, or one that is half dead; false where there is nothing to do.</summary>
    /// <exception cref="IOException">The files cannot be written; the extents stay as they are.</exception>
    public async Task<bool> MergeAsync(CancellationToken stop)
    {
        await store.Writing.WaitAsync(stop);
        try
        {
            foreach (var table in store.Tables.Values)
            {
                if (Choose([.. table.Settled.OfType<ColdSegment>()]) is not { } chosen) continue;
                TableRewrite? rewrite = null;
                await LoadingAsync(() => rewrite = new TableRewrite(table.Definition, chosen), stop);
                await RewriteAsync([(table, rewrite!)], stop);
                await CommitAsync(stop);
                return true;
            }

            return false;
        }
        finally
        {
            store.Writing.Release();
        }
    }

    /// <summary>Drops the extents whose rows are all from before a time.</summary>
    /// <returns>Number of rows that went.</returns>
    /// <exception cref="IOException">The manifest cannot be written; the next commit has it.</exception>
    public async Task<long> DropOlderAsync(DateTime before, CancellationToken stop)
    {
        await store.Writing.WaitAsync(stop);
        try
        {
            var dropped = 0L;
            foreach (var table in store.Tables.Values.Where(table => table.Definition.RetainedBy >= 0))
            {
                foreach (var extent in table.Settled.OfType<ColdSegment>().Where(extent => extent.Latest(table.Definition.RetainedBy) < before).ToArray())
                {
                    await LoadingAsync(() => store.Change(() => table.Replace([extent], [])), stop);
                    store.Files.Replaced(extent);
                    dropped += extent.RowCount - extent.Dead.Count;
                }
            }

            if (dropped > 0) await CommitAsync(stop);
            return dropped;
        }
        finally
        {
            store.Writing.Release();
        }
    }

    /// <summary>Writes the manifest anew. For whoever holds <see cref="WarehouseStore.Writing"/>.</summary>
    public async Task CommitAsync(CancellationToken stop)
    {
        CommitState? state = null;
        await LoadingAsync(() => store.Change(() => state = store.Files.Prepare(store.Cold())), stop);
        store.Files.Commit(state!);
    }

    /// <summary>The neighbours that are merged next, or an extent that is rewritten without its dead rows; null for none.</summary>
    internal static IReadOnlyList<Segment>? Choose(IReadOnlyList<Segment> extents)
    {
        foreach (var size in Sizes)
        {
            for (var first = 0; first < extents.Count; first++)
            {
                var (end, rows, most) = (first, 0, 0);
                while (end < extents.Count && Live(extents[end]) is var live && live < size && rows + live <= ExtentWriter.MaxRows)
                    (end, rows, most) = (end + 1, rows + live, Math.Max(most, live));
                var isWorthIt = end - first >= MergedAtOnce || (end - first > 1 && rows > ExtentWriter.MaxRows / 2);
                // A large one among crumbs would be written again and again.
                if (isWorthIt && most <= rows / 2) return [.. extents.Skip(first).Take(end - first)];
            }
        }

        return extents.FirstOrDefault(extent => extent.Dead.Count > extent.RowCount / 2) is { } dead ? [dead] : null;
    }

    private static int Live(Segment segment) => segment.RowCount - segment.Dead.Count;

    // All or nothing.
    private async Task RewriteAsync(List<(StoredTable Table, TableRewrite Rewrite)> rewrites, CancellationToken stop)
    {
        var written = rewrites.Select(_ => new List<ColdSegment>()).ToList();
        try
        {
            for (var i = 0; i < rewrites.Count; i++) rewrites[i].Rewrite.Write(store.Folder, store.Files.NewNumber, written[i], stop);
            await LoadingAsync(() => store.Change(() =>
            {
                for (var i = 0; i < rewrites.Count; i++)
                {
                    rewrites[i].Rewrite.TakeMarks(written[i]);
                    rewrites[i].Table.Replace(rewrites[i].Rewrite.Sources, written[i]);
                }
            }), stop);
        }
        catch
        {
            foreach (var segment in written.SelectMany(segments => segments)) store.Folder.Delete(segment.Manifest.File);
            throw;
        }

        foreach (var former in rewrites.SelectMany(rewrite => rewrite.Rewrite.Sources.OfType<ColdSegment>())) store.Files.Replaced(former);
    }

    private async Task LoadingAsync(Action work, CancellationToken stop)
    {
        await store.Loading.WaitAsync(stop);
        try
        {
            work();
        }
        finally
        {
            store.Loading.Release();
        }
    }
}
