using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents;
using Snowplow.Warehouse.Manifest;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Store;

/// <summary>The tables that users make: their rows are on disk once a call returns, and nowhere else.</summary>
internal sealed class OwnTables(WarehouseStore store, StoreUpkeep upkeep)
{
    /// <summary>Puts rows into a table, which is made where it is missing.</summary>
    /// <param name="name">The table.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="parts">The rows: columns of equal length, some rows each.</param>
    /// <param name="replaces">Whether rows that are there go.</param>
    /// <param name="stop">Ends it; nothing was changed then.</param>
    /// <exception cref="ArgumentException">The table is none of users', or has other columns.</exception>
    /// <exception cref="IOException">It cannot be written; nothing was changed.</exception>
    public async Task PutAsync(string name, IReadOnlyList<(string Name, KqlType Type)> columns, IReadOnlyList<Column[]> parts, bool replaces, CancellationToken stop)
    {
        await store.Writing.WaitAsync(stop);
        try
        {
            var former = store.Tables.GetValueOrDefault(name);
            if (former is { IsOwn: false }) throw new ArgumentException($"The table '{name}' is made of what lands: nothing can be put into it.", nameof(name));
            if (former is not null && !replaces && !former.Definition.Columns.SequenceEqual(columns))
                throw new ArgumentException($"The table '{name}' has other columns: {Text(former.Definition.Columns)}, not {Text(columns)}.", nameof(columns));
            var table = new WarehouseTable(name, [.. columns]);
            var kept = former is null || replaces ? [] : former.Settled.Cast<ColdSegment>().ToArray();
            var added = new List<ColdSegment>();
            try
            {
                foreach (var some in Split(parts)) added.Add(Write(table, some));
                await ChangeAsync(() => store.Put(new StoredTable(table, kept.Concat(added), isOwn: true)), stop);
                if (former is not null && replaces) foreach (var segment in former.Settled.Cast<ColdSegment>()) store.Files.Replaced(segment);
                await upkeep.CommitAsync(CancellationToken.None);
            }
            catch
            {
                await ChangeAsync(() =>
                {
                    if (former is null) store.Drop(name);
                    else store.Put(former);
                }, CancellationToken.None);
                store.Files.Keep(former?.Settled.Cast<ColdSegment>() ?? []);
                foreach (var segment in added) store.Folder.Delete(segment.Manifest.File);
                throw;
            }
        }
        finally
        {
            store.Writing.Release();
        }
    }

    /// <summary>Takes a table away; false where there is none.</summary>
    /// <exception cref="ArgumentException">The table is none of users'.</exception>
    /// <exception cref="IOException">The manifest cannot be written; the table is there again after the next start.</exception>
    public async Task<bool> DropAsync(string name, CancellationToken stop)
    {
        await store.Writing.WaitAsync(stop);
        try
        {
            if (!store.Tables.TryGetValue(name, out var table)) return false;
            if (!table.IsOwn) throw new ArgumentException($"The table '{name}' is made of what lands: it cannot be dropped.", nameof(name));
            await ChangeAsync(() => store.Drop(name), stop);
            foreach (var segment in table.Settled.Cast<ColdSegment>()) store.Files.Replaced(segment);
            await upkeep.CommitAsync(CancellationToken.None);
            return true;
        }
        finally
        {
            store.Writing.Release();
        }
    }

    private static string Text(IEnumerable<(string Name, KqlType Type)> columns) => $"({string.Join(", ", columns.Select(column => $"{column.Name}:{column.Type.Name()}"))})";

    // Parts that fit into an extent together; a part that is too long is cut.
    private static IEnumerable<List<Column[]>> Split(IReadOnlyList<Column[]> parts)
    {
        var (some, rows) = (new List<Column[]>(), 0);
        foreach (var part in parts)
        {
            var length = part.Length == 0 ? 0 : part[0].Length;
            for (var start = 0; start < length;)
            {
                var count = Math.Min(length - start, ExtentWriter.MaxRows - rows);
                var from = start;
                some.Add(count == length ? part : [.. part.Select(column => column.Slice(from, count))]);
                (start, rows) = (start + count, rows + count);
                if (rows < ExtentWriter.MaxRows) continue;
                yield return some;
                (some, rows) = ([], 0);
            }
        }

        if (rows > 0) yield return some;
    }

    private ColdSegment Write(WarehouseTable table, List<Column[]> parts)
    {
        var (number, rows) = (store.Files.NewNumber(), parts.Sum(part => part[0].Length));
        using (var writer = new ExtentWriter(store.Folder.Extent(number), [.. table.Columns], rows))
        {
            for (var column = 0; column < table.Columns.Length; column++) writer.Write(column, parts.Select(part => part[column]));
            writer.Finish();
        }

        return new ColdSegment(table, store.Folder, new ExtentManifest(number, rows));
    }

    private async Task ChangeAsync(Action change, CancellationToken stop)
    {
        await store.Loading.WaitAsync(stop);
        try
        {
            change();
        }
        finally
        {
            store.Loading.Release();
        }
    }
}
