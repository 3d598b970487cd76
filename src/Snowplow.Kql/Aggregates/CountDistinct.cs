using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution.Grouping;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>count_distinct</c>: exact. Values become small numbers, and pairs of group and number are counted when they are new.</summary>
internal sealed class CountDistinct(KqlType type) : Accumulator
{
    public static readonly AggregateFunction Function = new(
        "count_distinct",
        1,
        "Number of different values, exact; nulls do not count.",
        call => call.Arguments is [var argument] ? new BoundAggregate([argument], [(call.Named("count_distinct"), KqlType.Long)], () => new CountDistinct(argument.Type)) : null);

    private readonly KeyCoder _coder = KeyCoder.Of(type);
    private readonly Int64Map _pairs = new();
    private int[] _codes = [];
    private long[] _counts = [];

    public override long SizeBytes => _coder.SizeBytes + _pairs.SizeBytes;

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Grow(ref _counts, groupCount);
        Grow(ref _codes, groups.Length);
        var column = arguments[0];
        _coder.Code(column, _codes.AsSpan(0, groups.Length), true);
        var hasNulls = column.HasNulls;
        for (var i = 0; i < groups.Length; i++)
        {
            if (i + Int64Map.Ahead < groups.Length) _pairs.Fetch(Int64Map.Pair(groups[i + Int64Map.Ahead], _codes[i + Int64Map.Ahead]));
            if (!hasNulls || !column.IsNull(i)) Add(groups[i], _codes[i]);
        }
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Grow(ref _counts, groupCount);
        var from = (CountDistinct)other;
        var codes = new int[from._coder.Count];
        for (var i = 0; i < codes.Length; i++) codes[i] = i;
        if (codes.Length > 0) _coder.Code(from._coder.Values(codes), codes, true);
        foreach (var pair in from._pairs.Keys) Add(map[(int)(pair >> 32)], codes[(int)pair]);
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _counts, groupCount);
        return [new ValueColumn<long>(KqlType.Long, _counts)];
    }

    private void Add(int group, int code)
    {
        var known = _pairs.Count;
        if (_pairs.Add(Int64Map.Pair(group, code)) == known) _counts[group]++;
    }
}
