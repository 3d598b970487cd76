using System.IO.Hashing;
using System.Text;
using Snowplow.Kql.Data;
using Snowplow.Warehouse.Store;
using Snowplow.Warehouse.Tables;

namespace Snowplow.Warehouse.Loading;

/// <summary>Finds the rows of people who are newly forgotten. For whoever holds <see cref="WarehouseStore.Loading"/>.</summary>
internal sealed class ForgottenRows(WarehouseStore store)
{
    /// <summary>Hides all rows of some keys that <see cref="WarehouseStore.Forgotten"/> says are not to be seen any more.</summary>
    /// <exception cref="IOException">A file cannot be read, or is damaged.</exception>
    public void Hide(IReadOnlySet<string> keys)
    {
        foreach (var table in store.Tables.Values.Where(table => table.Definition.Forget != ForgetRule.None))
        {
            var search = Search(table.Definition, keys);
            foreach (var segment in table.Settled.Append(table.Hot).Where(segment => segment.RowCount > 0))
            {
                var rows = Find(table.Definition, segment, search);
                if (rows.Count > 0) store.Change(() => Hide(segment, rows));
            }
        }
    }

    private static void Hide(Segment segment, HashSet<int> rows)
    {
        foreach (var row in rows) segment.Hidden.Add(row);
    }

    // For each column that tells of people, the texts that are looked for and whom they mean.
    private static Dictionary<int, Dictionary<string, string>> Search(WarehouseTable table, IEnumerable<string> keys)
    {
        var search = new Dictionary<int, Dictionary<string, string>>();
        foreach (var key in keys)
        {
            Add(table.Person.User, key, key);
            Add(table.Person.Session, key, key);
            if (table.Forget != ForgetRule.EventsOfEither) continue;
            foreach (var (column, value) in EventLines.FollowedBy(key)) Add(column, value, key);
        }

        return search;

        void Add(int column, string value, string key)
        {
            if (column < 0) return;
            if (!search.TryGetValue(column, out var values)) search.Add(column, values = new Dictionary<string, string>(StringComparer.Ordinal));
            values[value] = key;
        }
    }

    private HashSet<int> Find(WarehouseTable table, Segment segment, Dictionary<int, Dictionary<string, string>> search)
    {
        var found = new HashSet<int>();
        foreach (var (column, values) in search)
        {
            foreach (var (row, key) in RowsWith(segment, column, values))
            {
                // The id in the event's own column says nothing where the event has another key.
                var of = column == table.Person.User || column == table.Person.Session ? -1 : key[0] == 's' ? table.Person.Session : table.Person.User;
                if (of >= 0 && KeyAt(segment, of, row).Length > 0) continue;
                if (!segment.Dead.Contains(row) && IsForgotten(table, segment, row, key)) found.Add(row);
            }
        }

        return found;
    }

    private bool IsForgotten(WarehouseTable table, Segment segment, int row, string key)
    {
        var order = segment.OrderAt(row);
        var collected = table.LeastCounts ? order.Second : 0;
        if (table.Forget == ForgetRule.EventsOfHolder && KeyAt(segment, table.Person.User, row) is { Length: > 0 } user && user != key) return false;
        return store.Forgotten.Include(table.Forget, key, key, order, collected);
    }

    private static string KeyAt(Segment segment, int column, int row) => ((StringColumn)segment.Rows.Read(column, row, 1))[0];

    private static IEnumerable<(int Row, string Key)> RowsWith(Segment segment, int column, Dictionary<string, string> values)
    {
        StringPool? pool = null;
        Dictionary<int, string> wanted = [];
        for (var start = 0; start < segment.RowCount; start += Batch.Size)
        {
            var texts = (StringColumn)segment.Rows.Read(column, start, Math.Min(Batch.Size, segment.RowCount - start));
            if (texts.Pool != pool) (pool, wanted) = (texts.Pool, CodesOf(texts.Pool, values));
            if (wanted.Count == 0) continue;
            for (var i = 0; i < texts.Length; i++)
                if (wanted.TryGetValue(texts.Code(i), out var key)) yield return (start + i, key);
        }
    }

    private static Dictionary<int, string> CodesOf(StringPool pool, Dictionary<string, string> values)
    {
        var byBytes = values.ToLookup(value => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(value.Key)), value => value);
        var codes = new Dictionary<int, string>();
        for (var code = 0; code < pool.Count; code++)
            foreach (var (value, key) in byBytes[XxHash3.HashToUInt64(pool[code])])
                if (pool.Text(code) == value) codes[code] = key;
        return codes;
    }
}
