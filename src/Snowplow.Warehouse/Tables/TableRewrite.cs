using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents;
using Snowplow.Warehouse.Manifest;

namespace Snowplow.Warehouse.Tables;

/// <summary>
/// Writes the rows of some segments that are not dead as one extent: rows in memory that settle, extents that are merged, extents that have
/// many dead rows. Marks that the segments get meanwhile go over to it.
/// </summary>
internal sealed class TableRewrite
{
    private readonly WarehouseTable _table;

    // For each extent to come: of which source which rows, as they were when this began.
    private readonly List<List<(Segment Source, int[] Rows)>> _extents = [];

    /// <summary>Decides which rows are taken; nobody may mark rows meanwhile.</summary>
    public TableRewrite(WarehouseTable table, IReadOnlyList<Segment> sources)
    {
        _table = table;
        Sources = sources;
        var room = 0;
        foreach (var source in sources)
        {
            var rows = Enumerable.Range(0, source.RowCount).Where(row => !source.Dead.Contains(row)).ToArray();
            for (var at = 0; at < rows.Length;)
            {
                if (room == 0)
                {
                    _extents.Add([]);
                    room = ExtentWriter.MaxRows;
                }

                var count = Math.Min(room, rows.Length - at);
                _extents[^1].Add((source, rows[at..(at + count)]));
                (at, room) = (at + count, room - count);
            }
        }
    }

    /// <summary>The segments that are rewritten.</summary>
    public IReadOnlyList<Segment> Sources { get; }

    /// <summary>Writes the files, an extent for each 1,048,576 rows; the segments are not to be used before <see cref="TakeMarks"/>.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="newNumber">Gives the number of new files.</param>
    /// <param name="written">Where each segment is put that was written, also if a later one fails.</param>
    /// <param name="stop">Ends it between two columns.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Write(WarehouseFolder folder, Func<long> newNumber, List<ColdSegment> written, CancellationToken stop)
    {
        foreach (var extent in _extents)
        {
            var number = newNumber();
            try
            {
                written.Add(Write(extent, folder, number, stop));
            }
            catch
            {
                folder.Delete(number);
                throw;
            }
        }
    }

    /// <summary>Marks the new rows as the old ones are marked by now; nobody may mark rows meanwhile.</summary>
    public void TakeMarks(IReadOnlyList<ColdSegment> written)
    {
        for (var i = 0; i < _extents.Count; i++)
        {
            var at = 0;
            foreach (var (source, rows) in _extents[i])
            {
                foreach (var row in rows)
                {
                    if (source.Dead.Contains(row)) written[i].Dead.Add(at);
                    if (source.Hidden.Contains(row)) written[i].Hidden.Add(at);
                    at++;
                }
            }
        }
    }

    private ColdSegment Write(List<(Segment Source, int[] Rows)> extent, WarehouseFolder folder, long number, CancellationToken stop)
    {
        var count = extent.Sum(part => part.Rows.Length);
        using (var writer = new ExtentWriter(folder.Extent(number), [.. _table.Columns], count))
        {
            for (var column = 0; column < _table.Columns.Length; column++)
            {
                stop.ThrowIfCancellationRequested();
                writer.Write(column, Parts(extent, column));
            }

            writer.Finish();
        }

        if (_table.Key.Length > 0)
        {
            var keys = new UInt128[count];
            var at = 0;
            foreach (var (source, rows) in extent)
                foreach (var row in rows) keys[at++] = source.KeyAt(row);
            using var stored = StoredExtent.Open(folder.Extent(number));
            KeyIndex.Write(folder.Keys(number), keys, withKeys: !AreUuids(stored, keys));
        }

        return new ColdSegment(_table, folder, new ExtentManifest(number, count));
    }

    private static IEnumerable<Column> Parts(List<(Segment Source, int[] Rows)> extent, int column)
    {
        foreach (var (source, rows) in extent)
        {
            for (var at = 0; at < rows.Length;)
            {
                var start = rows[at] / Batch.Size * Batch.Size;
                var end = at;
                while (end < rows.Length && rows[end] < start + Batch.Size) end++;
                var count = Math.Min(Batch.Size, source.RowCount - start);
                var part = source.Rows.Read(column, start, count);
                yield return end - at == count ? part : part.Take(rows[at..end].Select(row => row - start).ToArray());
                at = end;
            }
        }
    }

    // Whether the extent tells the keys itself.
    private bool AreUuids(StoredExtent extent, UInt128[] keys)
    {
        if (_table.Key.Length > 1) return false;
        for (var row = 0; row < keys.Length; row++)
            if (extent.UuidAt(_table.Key[0], row) != keys[row]) return false;
        return true;
    }
}
