namespace Snowplow.Enrich.JsonSchema;

/// <summary>Sorts without allocating where there is little to sort; the runtime's sort makes a delegate of every comparer.</summary>
internal static class SmallSort
{
    private const int MaxInsertionCount = 24;

    public static void Sort<T, TOrder>(Span<T> items, TOrder order)
        where TOrder : struct, IComparer<T>
    {
        if (items.Length > MaxInsertionCount)
        {
            items.Sort(order);
            return;
        }

        for (var index = 1; index < items.Length; index++)
        {
            var item = items[index];
            var at = index;
            for (; at > 0 && order.Compare(items[at - 1], item) > 0; at--)
                items[at] = items[at - 1];
            items[at] = item;
        }
    }
}
