using System.Numerics;
using System.Runtime.CompilerServices;
using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Execution.Sorting;

/// <summary>Adds what rows are put in order by to their words, so many bits up.</summary>
internal delegate void FieldReader(ReadOnlySpan<int> rows, Span<ulong> words, int shift);

/// <summary>Numbers of some bits that are ordered as the values of a column.</summary>
/// <param name="Bits">So many, 1 to 64.</param>
/// <param name="Read">Reads the numbers.</param>
internal readonly record struct SortField(int Bits, FieldReader Read)
{
    /// <summary>The fields of a column, the first of which counts most: where there are nulls or NaNs, they go before by a field of their own.</summary>
    public static IEnumerable<SortField> Of(Column column, SortKey key, int rows, QueryContext context) => column.IsConstant ? [] : column switch
    {
        ValueColumn<long> longs => OfValues(longs, key, rows, context),
        ValueColumn<int> ints => OfValues(ints, key, rows, context),
        ValueColumn<bool> bools => OfValues(bools, key, rows, context),
        ValueColumn<double> reals => OfValues(reals, key, rows, context),
        StringColumn strings => OfStrings(strings, key, context),
        _ => OfObjects(column, key, rows),
    };

    private static IEnumerable<SortField> OfValues<T>(ValueColumn<T> column, SortKey key, int rows, QueryContext context)
        where T : unmanaged
    {
        var parts = context.Workers;
        var bounds = new (ulong Least, ulong Greatest, bool HasOthers)[parts];
        Parts.InParallel(parts, context, part => bounds[part] = Bounds(column, (int)((long)rows * part / parts), (int)((long)rows * (part + 1) / parts)));
        var (least, greatest, hasOthers) = (bounds.Min(bound => bound.Least), bounds.Max(bound => bound.Greatest), bounds.Any(bound => bound.HasOthers));
        if (hasOthers) yield return Ranks(column, key);
        if (least >= greatest) yield break;
        yield return new SortField(64 - BitOperations.LeadingZeroCount(greatest - least), (items, words, shift) =>
        {
            var values = column.Values;
            if (hasOthers)
            {
                for (var i = 0; i < items.Length; i++)
                    if (IsValue(column, items[i])) words[i] |= (key.IsAscending ? Code(values[items[i]]) - least : greatest - Code(values[items[i]])) << shift;
            }
            else if (key.IsAscending)
            {
                for (var i = 0; i < items.Length; i++) words[i] |= (Code(values[items[i]]) - least) << shift;
            }
            else
            {
                for (var i = 0; i < items.Length; i++) words[i] |= (greatest - Code(values[items[i]])) << shift;
            }
        });
    }

    private static (ulong Least, ulong Greatest, bool HasOthers) Bounds<T>(ValueColumn<T> column, int start, int end)
        where T : unmanaged
    {
        var (least, greatest, hasOthers) = (ulong.MaxValue, ulong.MinValue, false);
        var values = column.Values;
        var mayHaveOthers = column.HasNulls || typeof(T) == typeof(double);
        for (var i = start; i < end; i++)
        {
            if (mayHaveOthers && !IsValue(column, i))
            {
                hasOthers = true;
                continue;
            }

            var code = Code(values[i]);
            least = Math.Min(least, code);
            greatest = Math.Max(greatest, code);
        }

        return (least, greatest, hasOthers);
    }

    // Of those that are no values, nulls are outermost.
    private static SortField Ranks(Column column, SortKey key) => new(3, (items, words, shift) =>
    {
        for (var i = 0; i < items.Length; i++)
        {
            var distance = column.IsNull(items[i]) ? 0UL : column is ValueColumn<double> reals && double.IsNaN(reals[items[i]]) ? 1UL : 2UL;
            words[i] |= (key.NullsFirst ? distance : 4 - distance) << shift;
        }
    });

    private static IEnumerable<SortField> OfStrings(StringColumn strings, SortKey key, QueryContext context)
    {
        var (ranks, count) = StringRanks.Of(strings, context);
        if (count < 2) return [];
        return [new SortField(BitOperations.Log2((uint)count - 1) + 1, (items, words, shift) =>
        {
            var codes = strings.Codes;
            for (var i = 0; i < items.Length; i++) words[i] |= (ulong)(uint)(key.IsAscending ? ranks[codes[items[i]]] : count - 1 - ranks[codes[items[i]]]) << shift;
        })];
    }

    // They are compared one by one.
    private static IEnumerable<SortField> OfObjects(Column column, SortKey key, int rows)
    {
        var values = Enumerable.Range(0, rows).Where(i => !column.IsNull(i)).ToArray();
        Array.Sort(values, (a, b) => ValueOrder.Compare(column, a, column, b));
        var ranks = new int[rows];
        var rank = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0 && ValueOrder.Compare(column, values[i], column, values[i - 1]) != 0) rank++;
            ranks[values[i]] = rank;
        }

        if (column.HasNulls) yield return Ranks(column, key);
        if (rank == 0) yield break;
        yield return new SortField(BitOperations.Log2((uint)rank) + 1, (items, words, shift) =>
        {
            for (var i = 0; i < items.Length; i++)
                if (!column.IsNull(items[i])) words[i] |= (ulong)(uint)(key.IsAscending ? ranks[items[i]] : rank - ranks[items[i]]) << shift;
        });
    }

    private static bool IsValue<T>(ValueColumn<T> column, int row)
        where T : unmanaged
        => !column.IsNull(row) && !(typeof(T) == typeof(double) && double.IsNaN(Unsafe.BitCast<T, double>(column[row])));

    private static ulong Code<T>(T value)
        where T : unmanaged
    {
        if (typeof(T) == typeof(long)) return (ulong)Unsafe.BitCast<T, long>(value) ^ (1UL << 63);
        if (typeof(T) == typeof(int)) return (ulong)((long)Unsafe.BitCast<T, int>(value) - int.MinValue);
        if (typeof(T) == typeof(bool)) return Unsafe.BitCast<T, bool>(value) ? 1UL : 0;
        // Both zeros are one.
        var bits = BitConverter.DoubleToInt64Bits(Unsafe.BitCast<T, double>(value) + 0.0);
        return bits < 0 ? ~(ulong)bits : (ulong)bits | (1UL << 63);
    }
}
