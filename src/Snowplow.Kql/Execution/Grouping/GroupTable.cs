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
    public Column[] Keys()
    {
        var columns = new Column[_coders.Length];
        var codes = new int[Count];
        for (var i = 0; i < codes.Length; i++) codes[i] = i;
        for (var i = _coders.Length - 1; i >= 0; i--)
        {
            if (i == 0)
            {
                columns[0] = _coders[0].Values(codes);
                break;
            }

            var pairs = _pairs[i - 1].Keys;
            var last = new int[codes.Length];
            for (var g = 0; g < codes.Length; g++)
            {
                var pair = pairs[codes[g]];
                last[g] = (int)pair;
                codes[g] = (int)(pair >> 32);
            }

            columns[i] = _coders[i].Values(last);
        }

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
