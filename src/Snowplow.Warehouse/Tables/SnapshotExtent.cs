using System.Numerics;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Extents;

namespace Snowplow.Warehouse.Tables;

/// <summary>The rows of a segment that counted at one moment.</summary>
internal sealed class SnapshotExtent : Extent
{
    private readonly Extent _rows;

    // A bit for each row that does not count; shorter where the rest do.
    private readonly ulong[] _without;

    private readonly Segment _segment;

    private SnapshotExtent(Segment segment, int rowCount, ulong[] without)
    {
        _segment = segment;
        _rows = segment.Rows;
        RowCount = rowCount;
        _without = without;
    }

    /// <inheritdoc/>
    public override int RowCount { get; }

    /// <summary>The rows of a segment that count now.</summary>
    public static SnapshotExtent Of(Segment segment) => new(segment, segment.RowCount, Either(segment.Dead.Share(), segment.Hidden.Share()));

    /// <inheritdoc/>
    public override ExtentDetails Details => _segment.Describe(new ExtentDetails(RowCount, _without.Sum(BitOperations.PopCount)));

    /// <inheritdoc/>
    public override Column Read(int column, int start, int count) => _rows.Read(column, start, count);

    /// <inheritdoc/>
    public override bool MayHold(IReadOnlyList<RowTest> tests, int start, int count) => _rows.MayHold(tests, start, count);

    /// <inheritdoc/>
    public override int[]? Passing(IReadOnlyList<RowTest> tests, int start, int count) => _rows.Passing(tests, start, count);

    /// <inheritdoc/>
    public override Column? ReadRows(int column, int start, int count, int[] rows) => _rows.ReadRows(column, start, count, rows);

    /// <summary>Whether some row may pass all tests; false is certain.</summary>
    public bool MayHold(IReadOnlyList<RowTest> tests) => _rows is not StoredExtent stored || stored.MayHold(tests);

    /// <inheritdoc/>
    public override int[]? Counting(int start, int count)
    {
        var (first, last) = (start >> 6, (start + count - 1) >> 6);
        if (first >= _without.Length || !_without.AsSpan(first, Math.Min(last + 1, _without.Length) - first).ContainsAnyExcept(0UL)) return null;
        var counting = new List<int>(count);
        for (var i = 0; i < count; i++)
            if (!RowSet.Contains(_without, start + i)) counting.Add(i);
        return counting.Count == count ? null : [.. counting];
    }

    private static ulong[] Either(ulong[] a, ulong[] b)
    {
        if (a.Length == 0 || b.Length == 0) return a.Length == 0 ? b : a;
        var (longer, shorter) = a.Length >= b.Length ? (a, b) : (b, a);
        var either = (ulong[])longer.Clone();
        for (var i = 0; i < shorter.Length; i++) either[i] |= shorter[i];
        return either;
    }
}
