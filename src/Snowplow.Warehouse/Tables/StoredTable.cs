using System.Collections.Immutable;
using Snowplow.Kql.Data;

namespace Snowplow.Warehouse.Tables;

/// <summary>
/// A table of the store: segments of rows in the order in which they came, the last one in memory. Of the rows with the same key at most one
/// is not dead. Rows are put in by one thread at a time (<see cref="Decide"/>, the values, <see cref="Add"/>) and seen from <see cref="Publish"/> on; the caller sees to it that
/// <see cref="Publish"/>, <see cref="Snapshot"/> and changes of segments exclude one another.
/// </summary>
internal sealed class StoredTable(WarehouseTable definition, IEnumerable<ColdSegment> cold, bool isOwn = false)
{
    private readonly List<(Segment Segment, int Row)> _kills = [];
    private readonly List<int> _hides = [];

    /// <summary>What it keeps.</summary>
    public WarehouseTable Definition { get; } = definition;

    /// <summary>Whether a user made it.</summary>
    public bool IsOwn { get; } = isOwn;

    /// <summary>The rows in memory that others are put behind.</summary>
    public HotSegment Hot { get; private set; } = new(definition);

    /// <summary>All segments but <see cref="Hot"/>, in order.</summary>
    public ImmutableArray<Segment> Settled { get; private set; } = [.. cold];

    /// <summary>Decides what becomes of a row before its values are appended, since this reads files and so may fail.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="order">The values of <see cref="WarehouseTable.Order"/>.</param>
    /// <exception cref="IOException">A file cannot be read, or is damaged.</exception>
    public RowFate Decide(UInt128 key, (long First, long Second) order)
    {
        if (FindLive(key) is not { } other) return new RowFate(key, order, true, null, 0);
        var comparison = order.CompareTo(other.Segment.OrderAt(other.Row));
        return (Definition.LeastCounts ? comparison < 0 : comparison > 0) ? new RowFate(key, order, true, other.Segment, other.Row) : new RowFate(key, order, false, null, 0);
    }

    /// <summary>Ends a row whose values were appended to <see cref="Hot"/>.</summary>
    /// <param name="fate">What was decided; default where the table has no key.</param>
    /// <param name="isHidden">Whether queries do not see it, though it may count.</param>
    public void Add(RowFate fate, bool isHidden)
    {
        if (fate.Replaced is { } replaced) _kills.Add((replaced, fate.ReplacedRow));
        var row = Hot.EndRow(fate.Key, fate.Order, fate.Counts);
        if (Definition.Key.Length > 0 && !fate.Counts) _kills.Add((Hot, row));
        if (isHidden) _hides.Add(row);
    }

    /// <summary>Lets rows that were added be seen, and those that they replace no more.</summary>
    public void Publish()
    {
        foreach (var (segment, row) in _kills) segment.Dead.Add(row);
        foreach (var row in _hides) Hot.Hidden.Add(row);
        _kills.Clear();
        _hides.Clear();
        Hot.Publish();
    }

    /// <summary>The table as queries see it now.</summary>
    /// <param name="recordsBehind">Tells how far it is behind the files.</param>
    public Table Snapshot(Func<long> recordsBehind) =>
        new SnapshotTable(Definition, [.. Settled.Append(Hot).Where(segment => segment.RowCount > 0).Select(SnapshotExtent.Of)], IsOwn ? null : recordsBehind);

    /// <summary>Begins new rows in memory behind those that are there, which stay as they are until they are replaced; nothing where there are none.</summary>
    public void Freeze()
    {
        if (Hot.Appended == 0) return;
        Settled = Settled.Add(Hot);
        Hot = new HotSegment(Definition, Hot);
    }

    /// <summary>Puts segments in the place of some that follow one another.</summary>
    public void Replace(IReadOnlyList<Segment> former, IReadOnlyList<Segment> by)
    {
        var at = Settled.IndexOf(former[0]);
        Settled = Settled.RemoveRange(at, former.Count).InsertRange(at, by);
    }

    // The newest segments first: what comes again is mostly recent.
    private (Segment Segment, int Row)? FindLive(UInt128 key)
    {
        if (Hot.Find(key) is >= 0 and var hot && !Hot.Dead.Contains(hot)) return (Hot, hot);
        for (var i = Settled.Length - 1; i >= 0; i--)
        {
            var row = Settled[i].Find(key);
            if (row >= 0 && !Settled[i].Dead.Contains(row)) return (Settled[i], row);
        }

        return null;
    }
}

/// <summary>What becomes of a row that is put in.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Order">What says whether it counts.</param>
/// <param name="Counts">Whether it counts among the rows of its key.</param>
/// <param name="Replaced">Where the row is that counts no more; null for none.</param>
/// <param name="ReplacedRow">That row.</param>
internal readonly record struct RowFate(UInt128 Key, (long First, long Second) Order, bool Counts, Segment? Replaced, int ReplacedRow);
