using Snowplow.Kql.Data;
using Snowplow.Warehouse.Hot;

namespace Snowplow.Warehouse.Tables;

/// <summary>
/// Rows in memory, the newest of their table. One thread at a time puts rows in; they are to be seen from <see cref="Publish"/> on, by any
/// number of readers beside it.
/// </summary>
internal sealed class HotSegment : Segment
{
    private readonly ColumnAppender[] _columns;
    private readonly bool _hasKey;
    private readonly Dictionary<UInt128, int> _rowOfKey;
    private readonly List<(UInt128 Key, long First, long Second)> _keys;
    private int _appended;
    private volatile int _published;

    /// <summary>A segment without rows.</summary>
    /// <param name="table">The table.</param>
    /// <param name="former">The segment before it, for about as many rows as which there is room at first; null for none.</param>
    public HotSegment(WarehouseTable table, HotSegment? former = null)
    {
        _columns = [.. table.Columns.Select((column, place) => ColumnAppender.Of(column.Type, former?._columns[place]))];
        _rowOfKey = new Dictionary<UInt128, int>(former?._rowOfKey.Count ?? 0);
        _keys = new List<(UInt128 Key, long First, long Second)>(former?._keys.Count ?? 0);
        _hasKey = table.Key.Length > 0;
        Rows = new HotExtent(this);
    }

    /// <inheritdoc/>
    public override int RowCount => _published;

    /// <inheritdoc/>
    public override Extent Rows { get; }

    /// <summary>Number of rows that were put in, whether they are to be seen or not.</summary>
    public int Appended => _appended;

    /// <summary>Bytes that it holds, about.</summary>
    public long SizeBytes => _columns.Sum(column => column.SizeBytes) + (88L * _keys.Count);

    /// <summary>The columns, to which the values of the next row are appended, one each.</summary>
    public ReadOnlySpan<ColumnAppender> Columns => _columns;

    /// <summary>Ends a row whose values were appended.</summary>
    /// <param name="key">Its key; anything where the table has none.</param>
    /// <param name="order">What says whether it counts.</param>
    /// <param name="isFound">Whether it is the row that its key finds.</param>
    /// <returns>The row.</returns>
    public int EndRow(UInt128 key, (long First, long Second) order, bool isFound)
    {
        var row = _appended++;
        if (!_hasKey) return row;
        _keys.Add((key, order.First, order.Second));
        if (isFound) _rowOfKey[key] = row;
        return row;
    }

    /// <summary>Lets all rows that were put in be seen.</summary>
    public void Publish() => _published = _appended;

    /// <inheritdoc/>
    public override int Find(UInt128 key) => _rowOfKey.GetValueOrDefault(key, -1);

    /// <inheritdoc/>
    public override UInt128 KeyAt(int row) => _keys[row].Key;

    /// <inheritdoc/>
    public override (long First, long Second) OrderAt(int row) => (_keys[row].First, _keys[row].Second);

    private sealed class HotExtent(HotSegment segment) : Extent
    {
        public override int RowCount => segment.RowCount;

        public override Column Read(int column, int start, int count) => segment._columns[column].Read(start, count);
    }
}
