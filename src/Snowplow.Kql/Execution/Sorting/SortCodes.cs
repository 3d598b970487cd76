using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Execution.Sorting;

/// <summary>Numbers that are ordered as the values of a column.</summary>
internal static class SortCodes
{
    /// <summary>A code for each row and, where there are nulls or NaNs, a rank that goes before it: null and NaN at the end that is asked for.</summary>
    public static (ulong[] Codes, ulong[]? Ranks) Of(Column column, SortKey key, int rows)
    {
        var codes = new ulong[rows];
        ulong[]? ranks = null;
        switch (column)
        {
            case ValueColumn<long> longs:
                for (var i = 0; i < rows; i++) codes[i] = (ulong)longs[i] ^ (1UL << 63);
                break;
            case ValueColumn<int> ints:
                for (var i = 0; i < rows; i++) codes[i] = (ulong)((long)ints[i] - int.MinValue);
                break;
            case ValueColumn<bool> bools:
                for (var i = 0; i < rows; i++) codes[i] = bools[i] ? 1UL : 0;
                break;
            case ValueColumn<double> reals:
                for (var i = 0; i < rows; i++)
                {
                    var bits = BitConverter.DoubleToInt64Bits(reals[i] + 0.0);
                    codes[i] = bits < 0 ? ~(ulong)bits : (ulong)bits | (1UL << 63);
                    if (double.IsNaN(reals[i])) SetRank(ref ranks, rows, i, 1, key);
                }

                break;
            case StringColumn strings: OfStrings(strings, codes); break;
            default: OfObjects(column, codes); break;
        }

        if (column.HasNulls)
        {
            for (var i = 0; i < rows; i++)
                if (column.IsNull(i)) SetRank(ref ranks, rows, i, 0, key);
        }

        if (!key.IsAscending)
            for (var i = 0; i < rows; i++) codes[i] = ~codes[i];
        return (codes, ranks);
    }

    // Of those that are no values, nulls are outermost.
    private static void SetRank(ref ulong[]? ranks, int rows, int row, ulong distance, SortKey key)
    {
        if (ranks is null)
        {
            ranks = new ulong[rows];
            Array.Fill(ranks, 2UL);
        }

        ranks[row] = key.NullsFirst ? distance : 4 - distance;
    }

    private static void OfStrings(StringColumn strings, ulong[] codes)
    {
        var pool = strings.Pool;
        var used = new bool[pool.Count];
        foreach (var code in strings.Codes) used[code] = true;
        var distinct = Enumerable.Range(0, pool.Count).Where(code => used[code]).ToArray();
        Array.Sort(distinct, (a, b) => pool[a].SequenceCompareTo(pool[b]));
        var ranks = new uint[pool.Count];
        var rank = 0u;
        for (var i = 0; i < distinct.Length; i++)
        {
            if (i > 0 && !pool[distinct[i]].SequenceEqual(pool[distinct[i - 1]])) rank++;
            ranks[distinct[i]] = rank;
        }

        for (var i = 0; i < codes.Length; i++) codes[i] = ranks[strings.Code(i)];
    }

    private static void OfObjects(Column column, ulong[] codes)
    {
        var rows = Enumerable.Range(0, codes.Length).Where(i => !column.IsNull(i)).ToArray();
        Array.Sort(rows, (a, b) => ValueOrder.Compare(column, a, column, b));
        var rank = 0UL;
        for (var i = 0; i < rows.Length; i++)
        {
            if (i > 0 && ValueOrder.Compare(column, rows[i], column, rows[i - 1]) != 0) rank++;
            codes[rows[i]] = rank;
        }
    }
}
