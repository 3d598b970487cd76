using System.Buffers;

namespace Snowplow.Enrich.JsonSchema;

/// <summary>
/// <c>uniqueItems</c>: writes each item in canonical form and sorts them, so that equal ones meet. This takes n log n comparisons
/// whatever the items are.
/// </summary>
internal static class UniqueItemsRule
{
    /// <summary>Reads an array that is known to be well-formed.</summary>
    public static bool Check(ref SchemaRun run)
    {
        var items = new ByteBuffer(512);
        var ends = ArrayPool<int>.Shared.Rent(64);
        var count = 0;
        var isFirst = true;
        run.Cursor.Enter();
        while (run.Cursor.NextItem(ref isFirst) && CanonicalJson.TryAppend(ref run.Cursor, ref items))
        {
            if (count == ends.Length)
                ends = Grow(ends);
            ends[count++] = items.Length;
        }

        var isUnique = AreDistinct(items.Array, ends.AsSpan(0, count));
        ArrayPool<int>.Shared.Return(ends);
        items.Dispose();
        return isUnique || run.Violates("uniqueItems", "must not have equal items");
    }

    private static bool AreDistinct(byte[] items, ReadOnlySpan<int> ends)
    {
        var ranges = ArrayPool<Range>.Shared.Rent(ends.Length);
        for (var index = 0; index < ends.Length; index++)
            ranges[index] = (index == 0 ? 0 : ends[index - 1])..ends[index];

        var order = new ItemOrder(items);
        var sorted = ranges.AsSpan(0, ends.Length);
        SmallSort.Sort(sorted, order);
        var areDistinct = true;
        for (var index = 1; index < sorted.Length; index++)
            areDistinct &= order.Compare(sorted[index - 1], sorted[index]) != 0;

        ArrayPool<Range>.Shared.Return(ranges);
        return areDistinct;
    }

    private static int[] Grow(int[] ends)
    {
        var larger = ArrayPool<int>.Shared.Rent(ends.Length * 2);
        ends.CopyTo(larger, 0);
        ArrayPool<int>.Shared.Return(ends);
        return larger;
    }

    private readonly struct ItemOrder(byte[] items) : IComparer<Range>
    {
        public int Compare(Range x, Range y) => items.AsSpan(x).SequenceCompareTo(items.AsSpan(y));
    }
}
