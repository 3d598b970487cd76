using Snowplow.Kql.Data;

namespace Snowplow.Kql.Execution.Sorting;

/// <summary>A key of an order.</summary>
/// <param name="IsAscending">Whether lesser values come first.</param>
/// <param name="NullsFirst">Whether nulls, and NaN beside them, come first.</param>
internal readonly record struct SortKey(bool IsAscending, bool NullsFirst);

/// <summary>Finds the order of rows. Every key becomes a number of 64 bits that orders alike; then a stable radix sort by each key, the last first.</summary>
internal static class RowOrder
{
    /// <summary>The rows in order; rows with equal keys stay in the order of the input.</summary>
    public static int[] Of(IReadOnlyList<Column> columns, IReadOnlyList<SortKey> keys, int rows, QueryContext context)
    {
        context.Reserve(24L * rows);
        var order = new int[rows];
        for (var i = 0; i < rows; i++) order[i] = i;
        var (room, other) = (new ulong[rows], new int[rows]);
        for (var k = keys.Count - 1; k >= 0; k--)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (columns[k].IsConstant) continue;
            var (values, ranks) = SortCodes.Of(columns[k], keys[k], rows);
            RadixSort.Sort(values, order, room, other);
            if (ranks is not null) RadixSort.Sort(ranks, order, room, other);
        }

        context.Release(24L * rows);
        return order;
    }
}
