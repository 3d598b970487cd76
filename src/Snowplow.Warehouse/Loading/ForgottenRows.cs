using Snowplow.Kql.Data;
using Snowplow.Warehouse.Store;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Loading;

/// <summary>Finds the rows of people who are newly forgotten. For whoever holds <see cref="WarehouseStore.Loading"/>.</summary>
internal sealed class ForgottenRows(WarehouseStore store)
{
    /// <summary>Hides all rows of a key that <see cref="WarehouseStore.Forgotten"/> says are not to be seen any more.</summary>
    public void Hide(string key)
    {
        foreach (var table in store.Tables.Values.Where(table => table.Definition.Forget != ForgetRule.None))
        {
            foreach (var segment in table.Settled.Append(table.Hot))
            {
                var rows = Find(table.Definition, segment, key);
                if (rows.Count > 0) store.Change(() => rows.ForEach(row => segment.Hidden.Add(row)));
            }
        }
    }

    private List<int> Find(WarehouseTable table, Segment segment, string key)
    {
        var found = new HashSet<int>();
        var search = table.Forget == ForgetRule.EventsOfEither
            ? EventLines.Search(table, key)
            : ((int, string, bool)[])[(table.Person.User, key, false), (table.Person.Session, key, false)];
        foreach (var (column, value, isFollowed) in search.Where(pair => pair.Item1 >= 0))
            foreach (var row in RowsWith(segment, column, value))
                // The id in the event's own column says nothing where the event has another key.
                if (!isFollowed || KeyAt(segment, value == key[2..] && key[0] == 's' ? table.Person.Session : table.Person.User, row).Length == 0) found.Add(row);

        return [.. found.Where(row => !segment.Dead.Contains(row) && IsForgotten(table, segment, row, key))];
    }

    private bool IsForgotten(WarehouseTable table, Segment segment, int row, string key)
    {
        var order = segment.OrderAt(row);
        var collected = table.LeastCounts ? order.Second : 0;
        if (table.Forget == ForgetRule.EventsOfHolder && KeyAt(segment, table.Person.User, row) is { Length: > 0 } user && user != key) return false;
        return store.Forgotten.Include(table.Forget, key, key, order, collected);
    }

    private static string KeyAt(Segment segment, int column, int row) => ((StringColumn)segment.Rows.Read(column, row, 1))[0];

    private static IEnumerable<int> RowsWith(Segment segment, int column, string value)
    {
        IReadOnlyList<ColumnRange> ranges = [new ColumnRange(column, value, value)];
        for (var start = 0; start < segment.RowCount; start += Batch.Size)
        {
            var count = Math.Min(Batch.Size, segment.RowCount - start);
            if (!segment.Rows.MayHold(ranges, start, count)) continue;
            var texts = (StringColumn)segment.Rows.Read(column, start, count);
            for (var i = 0; i < count; i++)
                if (texts[i] == value) yield return start + i;
        }
    }
}
