using System.Collections.Immutable;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Store;

/// <summary>
/// The tables that users made. Changes are on disk, and seen by queries, once the call is done: all of them or none. They have no keys, nothing is loaded into
/// them from the files that landed, and their rows are never in memory alone.
/// </summary>
public sealed class OwnTables
{
    /// <summary>How many rows are made columns of at a time.</summary>
    internal const int MostAtOnce = 500_000;

    private readonly WarehouseStore _store;
    private readonly StoreUpkeep _upkeep;

    internal OwnTables(WarehouseStore store, StoreUpkeep upkeep)
    {
        _store = store;
        _upkeep = upkeep;
    }

    /// <summary>The mark that the last change gave; null where none has given one.</summary>
    public string? Mark => _store.Files.Mark;

    /// <summary>Their names and columns.</summary>
    public IEnumerable<(string Name, IReadOnlyList<(string Name, KqlType Type)> Columns)> All() =>
        _store.Tables.Values.Where(table => table.IsOwn).Select(table => (table.Definition.Name, (IReadOnlyList<(string, KqlType)>)table.Definition.Columns));

    /// <summary>Changes tables, one after the other, in one step.</summary>
    /// <param name="changes">What becomes of which table.</param>
    /// <param name="mark">What the caller knows this state by afterwards (<see cref="Mark"/>): it is on disk with the changes or not at all.</param>
    /// <param name="stop">Ends it before anything is changed.</param>
    /// <exception cref="InvalidOperationException">A table is one of the platform, or has other columns.</exception>
    /// <exception cref="IOException">They cannot be written, and nothing has changed.</exception>
    public async Task ChangeAsync(IReadOnlyList<OwnChange> changes, string? mark, CancellationToken stop)
    {
        await _store.Writing.WaitAsync(stop);
        var former = changes.Select(change => change.Table).Distinct().ToDictionary(name => name, name => _store.Tables.GetValueOrDefault(name));
        var formerMark = _store.Files.Mark;
        var written = new List<ColdSegment>();
        ColdSegment[] replaced = [];
        try
        {
            // Beside the store, so that nobody sees the one change before the other.
            var tables = new Dictionary<string, StoredTable?>(former);
            foreach (var change in changes) tables[change.Table] = Changed(change, tables[change.Table], written, stop);
            var kept = tables.Values.SelectMany(Extents).ToHashSet();
            replaced = [.. former.Values.SelectMany(Extents).Concat(written).Except(kept)];
            await PutAsync(tables);
            foreach (var segment in replaced) _store.Files.Replaced(segment);
            _store.Files.Mark = mark;
            await _upkeep.CommitAsync(CancellationToken.None);
        }
        catch
        {
            _store.Files.Mark = formerMark;
            _store.Files.Keep(replaced);
            await PutAsync(former);
            // A manifest that names them may be there all the same, where only its folder could not be synced: they go with the next.
            foreach (var segment in written) _store.Files.Replaced(segment);
            throw;
        }
        finally
        {
            _store.Writing.Release();
        }
    }

    private static IEnumerable<ColdSegment> Extents(StoredTable? table) => (table?.Settled ?? []).OfType<ColdSegment>();

    private StoredTable? Changed(OwnChange change, StoredTable? known, List<ColdSegment> written, CancellationToken stop)
    {
        if (known is { IsOwn: false }) throw new InvalidOperationException($"'{change.Table}' is no table of a user.");
        if (change.Rows is not { } rows) return null;
        var definition = new WarehouseTable(change.Table, [.. rows.Columns]);
        if (known is null || change.Replaces) return new StoredTable(definition, Write(definition, [rows], written, stop), isOwn: true);
        if (known.Definition.Columns.SequenceEqual(rows.Columns)) return new StoredTable(known.Definition, [.. Extents(known), .. Write(definition, [rows], written, stop)], isOwn: true);
        // Columns that the table lacks come to its end, with nulls in the rows that are there.
        if (!rows.Columns.Take(known.Definition.Columns.Length).SequenceEqual(known.Definition.Columns)) throw new InvalidOperationException($"The columns of '{change.Table}' are others.");
        return new StoredTable(definition, Write(definition, [known.Snapshot(() => 0), rows], written, stop), isOwn: true);
    }

    private ImmutableArray<ColdSegment> Write(WarehouseTable definition, IEnumerable<Table> sources, List<ColdSegment> written, CancellationToken stop)
    {
        var first = written.Count;
        var hot = new HotSegment(definition);
        foreach (var source in sources)
        {
            foreach (var extent in source.Extents([]))
            {
                for (var at = 0; at < extent.RowCount; at += Batch.Size)
                {
                    stop.ThrowIfCancellationRequested();
                    Append(hot, source, extent, at, Math.Min(Batch.Size, extent.RowCount - at));
                    if (hot.Appended < MostAtOnce) continue;
                    Settle(hot);
                    hot = new HotSegment(definition);
                }
            }
        }

        if (hot.Appended > 0) Settle(hot);
        return [.. written.Skip(first)];

        void Settle(HotSegment rows)
        {
            rows.Publish();
            new TableRewrite(definition, [rows]).Write(_store.Folder, _store.Files.NewNumber, written, stop);
        }
    }

    private static void Append(HotSegment hot, Table source, Extent extent, int start, int count)
    {
        var columns = source.Columns.Select((_, i) => extent.Read(i, start, count)).ToArray();
        var appenders = hot.Columns;
        for (var row = 0; row < count; row++)
        {
            for (var i = 0; i < appenders.Length; i++)
            {
                if (i < columns.Length) appenders[i].Append(columns[i], row);
                else appenders[i].AppendNull();
            }

            hot.EndRow(default, default, isFound: false);
        }
    }

    private async Task PutAsync(IReadOnlyDictionary<string, StoredTable?> tables)
    {
        await _store.Loading.WaitAsync(CancellationToken.None);
        try
        {
            _store.Put(tables);
        }
        finally
        {
            _store.Loading.Release();
        }
    }
}

/// <summary>A change of a user's table.</summary>
/// <param name="Table">The table.</param>
/// <param name="Rows">
/// Rows that are put into it, with its name and columns; it is made where it is missing, and gets columns that it lacks at its end, with nulls in the rows that
/// are there. Null: it goes, if it is there.
/// </param>
/// <param name="Replaces">Whether the rows stand in the place of all that are there.</param>
public sealed record OwnChange(string Table, MemoryTable? Rows, bool Replaces);
