using System.Numerics;
using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Execution.Grouping;

namespace Snowplow.Kql.Aggregates;

/// <summary>
/// <c>count_distinct</c>: exact. Values become small numbers. A group that has many of the values keeps a bit for each; of other groups, and of
/// numbers beyond the bits, the pairs of group and number are kept, in one table.
/// </summary>
internal sealed class CountDistinct(KqlType type) : Accumulator
{
    public static readonly AggregateFunction Function = new(
        "count_distinct",
        1,
        "Number of different values, exact; nulls do not count.",
        call => call.Arguments is [var argument] ? new BoundAggregate([argument], [(call.Named("count_distinct"), KqlType.Long)], () => new CountDistinct(argument.Type)) : null);

    // Bits of a group for each of its values, at most: less than what its pairs would take.
    private const int BitsPerValue = 64;
    private const int FewestInBits = 32;

    private readonly KeyCoder _coder = KeyCoder.Of(type);
    private readonly Int64Map _pairs = new();
    private int[] _codes = [];
    private long[] _counts = [];
    private ulong[]?[] _bits = [];
    private long _bitBytes;

    // Where the values are among those of all threads; null for where they are here.
    private int[]? _places;

    public override long SizeBytes => _coder.SizeBytes + _pairs.SizeBytes + _bitBytes;

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Prepare(groupCount);
        Grow(ref _codes, groups.Length);
        var column = arguments[0];
        _coder.Code(column, _codes.AsSpan(0, groups.Length), true);
        var hasNulls = column.HasNulls;
        for (var i = 0; i < groups.Length; i++)
        {
            if (i + Int64Map.Ahead < groups.Length && _bits[groups[i + Int64Map.Ahead]] is null) _pairs.Fetch(Int64Map.Pair(groups[i + Int64Map.Ahead], _codes[i + Int64Map.Ahead]));
            if (!hasNulls || !column.IsNull(i)) Add(groups[i], _codes[i]);
        }
    }

    public override void Join(IReadOnlyList<Accumulator> later, IReadOnlyList<int[]> maps, int groupCount, QueryContext context)
    {
        CountDistinct[] others = [.. later.Cast<CountDistinct>()];
        var (_, places) = _coder.Join([_coder, .. others.Select(other => other._coder)], context);
        for (var i = 0; i < others.Length; i++) others[i]._places = places[i + 1];
        base.Join(later, maps, groupCount, context);
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Prepare(groupCount);
        var from = (CountDistinct)other;
        var places = from._places!;
        foreach (var pair in from._pairs.Keys.Span) Add(map[(int)(pair >> 32)], places[(int)pair]);
        for (var group = 0; group < Math.Min(map.Length, from._bits.Length); group++)
        {
            if (from._bits[group] is not { } bits) continue;
            for (var word = 0; word < bits.Length; word++)
                for (var rest = bits[word]; rest != 0; rest &= rest - 1) Add(map[group], places[(word << 6) + BitOperations.TrailingZeroCount(rest)]);
        }
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _counts, groupCount);
        return [new ValueColumn<long>(KqlType.Long, _counts)];
    }

    private void Prepare(int groupCount)
    {
        Grow(ref _counts, groupCount);
        Grow(ref _bits, groupCount);
    }

    private void Add(int group, int code)
    {
        var bits = _bits[group];
        if (bits is null || code >> 6 >= bits.Length)
        {
            var known = _pairs.Count;
            if (_pairs.Add(Int64Map.Pair(group, code)) != known) return;
            var count = ++_counts[group];
            if (count >= FewestInBits && count * BitsPerValue >= Math.Max(code, _coder.Count)) GrowBits(group, code);
            return;
        }

        ref var word = ref bits[code >> 6];
        if ((word >> code & 1) != 0) return;
        word |= 1UL << code;
        // Of before there were bits it may be among the pairs.
        if (_pairs.Look(Int64Map.Pair(group, code)) < 0) _counts[group]++;
    }

    private void GrowBits(int group, int code)
    {
        var words = (Math.Max(code, _coder.Count) >> 6) + 1;
        words += words >> 2;
        _bitBytes += 8L * (words - (_bits[group]?.Length ?? 0));
        Array.Resize(ref _bits[group], words);
    }
}
