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
    private readonly IReadOnlyList<Segment> _sources;

    // For each source the rows that are taken, as they were when this began.
    private readonly int[][] _taken;

    /// <summary>Decides which rows are taken; nobody may mark rows meanwhile.</summary>
    public TableRewrite(WarehouseTable table, IReadOnlyList<Segment> sources)
    {
        _table = table;
        _sources = sources;
        _taken = [.. sources.Select(source => Enumerable.Range(0, source.RowCount).Where(row => !source.Dead.Contains(row)).ToArray())];
    }

    /// <summary>Number of rows that are taken.</summary>
    public int RowCount => _taken.Sum(rows => rows.Length);

    /// <summary>Writes the files; the segment is not to be used before <see cref="TakeMarks"/>. Null where no row is left.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="number">The number of the files.</param>
    /// <param name="stop">Ends it between two columns.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    public ColdSegment? Write(WarehouseFolder folder, long number, CancellationToken stop)
    {
        if (RowCount == 0) return null;
        using (var writer = new ExtentWriter(folder.Extent(number), [.. _table.Columns], RowCount))
        {
            for (var column = 0; column < _table.Columns.Length; column++)
            {
                stop.ThrowIfCancellationRequested();
                writer.Write(column, Parts(column));
            }

            writer.Finish();
        }

        if (_table.Key.Length > 0)
        {
            var keys = new UInt128[RowCount];
            var at = 0;
            for (var i = 0; i < _sources.Count; i++)
                foreach (var row in _taken[i]) keys[at++] = _sources[i].KeyAt(row);
            using var extent = StoredExtent.Open(folder.Extent(number));
            KeyIndex.Write(folder.Keys(number), keys, withKeys: !AreUuids(extent, keys));
        }

        return new ColdSegment(_table, folder, new ExtentManifest(number, RowCount));
    }

    /// <summary>Marks the new rows as the old ones are marked by now; nobody may mark rows meanwhile.</summary>
    public void TakeMarks(ColdSegment written)
    {
        var at = 0;
        for (var i = 0; i < _sources.Count; i++)
        {
            foreach (var row in _taken[i])
            {
                if (_sources[i].Dead.Contains(row)) written.Dead.Add(at);
                if (_sources[i].Hidden.Contains(row)) written.Hidden.Add(at);
                at++;
            }
        }
    }

    private IEnumerable<Column> Parts(int column)
    {
        for (var i = 0; i < _sources.Count; i++)
        {
            var (source, rows) = (_sources[i], _taken[i]);
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
