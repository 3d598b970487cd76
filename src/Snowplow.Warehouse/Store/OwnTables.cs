using Snowplow.Kql.Data;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Store;

/// <summary>
/// The tables that users made. What is put into one is on disk, and seen by queries, once the call is done: all of it or, beyond
/// <see cref="MostAtOnce"/> rows, so many at a time. They have no keys, and nothing is loaded into them from the files that landed.
/// </summary>
public sealed class OwnTables
{
    /// <summary>How many rows are written at a time.</summary>
    public const int MostAtOnce = 500_000;

    private readonly WarehouseStore _store;
    private readonly StoreUpkeep _upkeep;

    internal OwnTables(WarehouseStore store, StoreUpkeep upkeep)
    {
        _store = store;
        _upkeep = upkeep;
    }

    /// <summary>Their names and columns.</summary>
    public IEnumerable<(string Name, IReadOnlyList<(string Name, KqlType Type)> Columns)> All() =>
        _store.Tables.Values.Where(table => table.IsOwn).Select(table => (table.Definition.Name, (IReadOnlyList<(string, KqlType)>)table.Definition.Columns));

    /// <summary>
    /// Puts rows into a table, which is made where it is missing. A table that lacks some of the columns gets them at its end, with nulls in the rows that are
    /// there.
    /// </summary>
    /// <param name="rows">The rows, with the table's name and columns.</param>
    /// <param name="replaces">Whether they stand in the place of all that are there.</param>
    /// <param name="stop">Ends it between two writes.</param>
    /// <exception cref="InvalidOperationException">The table is one of the platform, or has other columns.</exception>
    /// <exception cref="IOException">They cannot be written; what was written of them before stays, the rest is not there.</exception>
    public async Task PutAsync(MemoryTable rows, bool replaces, CancellationToken stop)
    {
        var count = rows.Extents([]).Sum(extent => extent.RowCount);
        for (var start = 0; start == 0 || start < count; start += MostAtOnce)
            await ChangeAsync(rows.Name, () => Put(rows, start, Math.Min(MostAtOnce, count - start), replaces && start == 0), stop);
    }

    /// <summary>Takes a table away; nothing where there is none.</summary>
    /// <exception cref="IOException">It cannot be written that it is gone, and it is still there.</exception>
    public Task DropAsync(string name, CancellationToken stop) => ChangeAsync(name, () =>
    {
        if (!_store.Tables.TryGetValue(name, out var table) || !table.IsOwn) return [];
        _store.Drop(name);
        return [.. table.Settled.OfType<ColdSegment>()];
    }, stop);

    // The extents that are no more part of a table.
    private IReadOnlyList<ColdSegment> Put(MemoryTable rows, int start, int count, bool replaces)
    {
        var known = _store.Tables.GetValueOrDefault(rows.Name);
        if (known is { IsOwn: false }) throw new InvalidOperationException($"'{rows.Name}' is no table of a user.");
        if (known is not null && !replaces && known.Definition.Columns.SequenceEqual(rows.Columns))
        {
            Append(known, rows, start, count);
            _store.Change(known.Publish);
            return [];
        }

        var table = new StoredTable(new WarehouseTable(rows.Name, [.. rows.Columns]), [], isOwn: true);
        if (known is not null && !replaces)
        {
            if (!rows.Columns.Take(known.Definition.Columns.Length).SequenceEqual(known.Definition.Columns)) throw new InvalidOperationException($"The columns of '{rows.Name}' are others.");
            var former = known.Snapshot();
            Append(table, former, 0, former.Extents([]).Sum(extent => extent.RowCount));
        }

        Append(table, rows, start, count);
        table.Publish();
        _store.Put(table);
        return [.. (known?.Settled ?? []).OfType<ColdSegment>()];
    }

    // Rows in a line over all extents.
    private static void Append(StoredTable table, Table rows, int start, int count)
    {
        var place = 0;
        foreach (var extent in rows.Extents([]))
        {
            var (first, end) = (Math.Max(0, start - place), Math.Min(extent.RowCount, start + count - place));
            for (var at = first; at < end; at += Batch.Size) Append(table, rows, extent, at, Math.Min(Batch.Size, end - at));
            place += extent.RowCount;
        }
    }

    private static void Append(StoredTable table, Table rows, Extent extent, int start, int count)
    {
        var columns = rows.Columns.Select((_, i) => extent.Read(i, start, count)).ToArray();
        for (var row = 0; row < count; row++)
        {
            var appenders = table.Hot.Columns;
            for (var i = 0; i < appenders.Length; i++)
            {
                if (i < columns.Length) appenders[i].Append(columns[i], row);
                else appenders[i].AppendNull();
            }

            table.Add(default, isHidden: false);
        }
    }

    // Nobody else writes until the change is on disk. Where that fails, the table is again what is on disk of it: all of its rows were.
    private async Task ChangeAsync(string name, Func<IReadOnlyList<ColdSegment>> change, CancellationToken stop)
    {
        await _store.Writing.WaitAsync(stop);
        try
        {
            var former = _store.Tables.GetValueOrDefault(name);
            ColdSegment[] extents = [.. (former?.Settled ?? []).OfType<ColdSegment>()];
            IReadOnlyList<ColdSegment> replaced = [];
            try
            {
                await LoadingAsync(() => replaced = change(), stop);
                foreach (var segment in replaced) _store.Files.Replaced(segment);
                await _upkeep.FlushHeldAsync(CancellationToken.None);
            }
            catch when (former is null or { IsOwn: true })
            {
                _store.Files.Keep(replaced);
                await LoadingAsync(() =>
                {
                    if (former is null) _store.Drop(name);
                    else _store.Put(new StoredTable(former.Definition, extents, isOwn: true));
                }, CancellationToken.None);
                throw;
            }
        }
        finally
        {
            _store.Writing.Release();
        }
    }

    private async Task LoadingAsync(Action work, CancellationToken stop)
    {
        await _store.Loading.WaitAsync(stop);
        try
        {
            work();
        }
        finally
        {
            _store.Loading.Release();
        }
    }
}
