using Snowplow.Kql.Data;

namespace Snowplow.Kql.Execution.Grouping;

/// <summary>
/// Gives each combination of keys a group, 0, 1, 2, … in the order of first appearance. Each key column becomes small numbers; the numbers of two
/// columns are one 64-bit key of a further table, whose numbers go with the next column, and so on. Not for several threads, but for looking.
/// </summary>
internal sealed class GroupTable
{
    private readonly KeyCoder[] _coders;
    private readonly Int64Map[] _pairs;
    private readonly QueryContext _context;
    private int[] _scratch = [];
    private long _reserved;

    public GroupTable(IReadOnlyList<KqlType> types, QueryContext context)
    {
        _coders = [.. types.Select(KeyCoder.Of)];
        _pairs = [.. types.Skip(1).Select(_ => new Int64Map())];
        _context = context;
    }

    /// <summary>Number of groups; without keys there is one.</summary>
    public int Count => _coders.Length == 0 ? 1 : _pairs.Length == 0 ? _coders[0].Count : _pairs[^1].Count;

    /// <summary>The group of each row, new ones where they are new.</summary>
    public void Add(Column[] keys, Span<int> groups)
    {
        if (_scratch.Length < groups.Length) _scratch = new int[groups.Length];
        Code(keys, groups, _scratch.AsSpan(0, groups.Length), true);
        var size = _coders.Sum(coder => coder.SizeBytes) + _pairs.Sum(pair => pair.SizeBytes);
        if (size > _reserved)
        {
            _context.Reserve(size - _reserved);
            _reserved = size;
        }
    }

    /// <summary>The group of each row; -1 where it has none.</summary>
    public void Look(Column[] keys, Span<int> groups) => Code(keys, groups, new int[groups.Length], false);

    /// <summary>The keys of all groups.</summary>
    public Column[] Keys() => _coders.Length == 0 ? [] : Decoded(Count, Array.ConvertAll(_pairs, pairs => pairs.Keys), (column, codes) => _coders[column].Values(codes));

    /// <summary>
    /// Joins the tables of parts: the keys of each group once, in the order of the parts and of their groups, and for each part where its groups are among
    /// them. Column after column, so that groups are pairs of numbers here as well.
    /// </summary>
    public static (Column[] Keys, int Count, int[][] Places) Join(GroupTable[] parts, QueryContext context)
    {
        var coders = parts[0]._coders.Length;
        if (coders == 0) return ([], 1, [.. parts.Select(_ => new int[1])]);
        var columns = new (Column Values, int[][] Places)[coders];
        for (var k = 0; k < coders; k++) columns[k] = parts[0]._coders[k].Join(Array.ConvertAll(parts, part => part._coders[k]), context);
        var places = columns[0].Places;
        var pairs = new ReadOnlyMemory<long>[coders - 1];
        for (var k = 1; k < coders; k++)
        {
            var keys = new ReadOnlyMemory<long>[parts.Length];
            Parts.InParallel(parts.Length, context, part => keys[part] = Moved(parts[part]._pairs[k - 1].Keys.Span, places[part], columns[k].Places[part]));
            var union = KeyUnion.Of(new Int64Keys(keys, [.. parts.Select(_ => -1)]), context);
            var joined = new long[union.Count];
            Parts.InParallel(parts.Length, context, part =>
            {
                for (var i = 0; i < keys[part].Length; i++)
                    if (union.Places[part][i] >= union.Firsts[part]) joined[union.Places[part][i]] = keys[part].Span[i];
            });
            (pairs[k - 1], places) = (joined, union.Places);
        }

        var count = coders == 1 ? columns[0].Values.Length : pairs[^1].Length;
        return (Decoded(count, pairs, (column, codes) => coders == 1 ? columns[0].Values : columns[column].Values.Take(codes)), count, places);
    }

    private static long[] Moved(ReadOnlySpan<long> pairs, int[] upper, int[] lower)
    {
        var moved = new long[pairs.Length];
        for (var i = 0; i < moved.Length; i++) moved[i] = Int64Map.Pair(upper[(int)(pairs[i] >> 32)], lower[(int)pairs[i]]);
        return moved;
    }

    // The keys of groups, of which the last pairs are the groups, and the upper halves of each the numbers of the pairs before.
    private static Column[] Decoded(int count, ReadOnlyMemory<long>[] pairs, Func<int, int[], Column> values)
    {
        var columns = new Column[pairs.Length + 1];
        var codes = new int[count];
        for (var i = 0; i < codes.Length; i++) codes[i] = i;
        for (var column = pairs.Length; column > 0; column--)
        {
            var known = pairs[column - 1].Span;
            var last = new int[codes.Length];
            for (var g = 0; g < codes.Length; g++)
            {
                var pair = known[codes[g]];
                last[g] = (int)pair;
                codes[g] = (int)(pair >> 32);
            }

            columns[column] = values(column, last);
        }

        columns[0] = values(0, codes);
        return columns;
    }

    private void Code(Column[] keys, Span<int> groups, Span<int> scratch, bool adds)
    {
        if (_coders.Length == 0)
        {
            groups.Clear();
            return;
        }

        _coders[0].Code(keys[0], groups, adds);
        for (var k = 1; k < _coders.Length; k++)
        {
            _coders[k].Code(keys[k], scratch, adds);
            var map = _pairs[k - 1];
            if (adds)
            {
                map.Add(groups, scratch);
            }
            else
            {
                for (var i = 0; i < groups.Length; i++)
                    groups[i] = groups[i] < 0 || scratch[i] < 0 ? -1 : map.Look(Int64Map.Pair(groups[i], scratch[i]));
            }
        }
    }
}
