using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>dcount</c>, <c>hll</c>: see <see cref="DistinctSketch"/>.</summary>
internal sealed class DCount(int accuracy, bool isSketch) : Accumulator
{
    public static readonly AggregateFunction Function = new("dcount", 1, "Estimate of the number of different values, exact up to 1,000; nulls do not count.", call => Bind(call, false));

    public static readonly AggregateFunction Hll = new("hll", 1, "The state of dcount, to be merged by hll_merge and read by dcount_hll.", call => Bind(call, true));

    private readonly ValueHash _hash = new();
    private DistinctSketch?[] _sketches = [];
    private ulong[] _hashes = [];
    private long _bytes;

    public override long SizeBytes => _bytes;

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Grow(ref _sketches, groupCount);
        Grow(ref _hashes, groups.Length);
        var column = arguments[0];
        _hash.Of(column, _hashes.AsSpan(0, groups.Length));
        var hasNulls = column.HasNulls;
        for (var i = 0; i < groups.Length; i++)
            if (!hasNulls || !column.IsNull(i)) _bytes += (_sketches[groups[i]] ??= new DistinctSketch(accuracy)).Add(_hashes[i]);
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Grow(ref _sketches, groupCount);
        var from = (DCount)other;
        for (var i = 0; i < Math.Min(map.Length, from._sketches.Length); i++)
            if (from._sketches[i] is { } sketch) (_sketches[map[i]] ??= new DistinctSketch(accuracy)).Merge(sketch);
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _sketches, groupCount);
        return isSketch
            ? [new DynamicColumn([.. _sketches.Select(sketch => (object?)(sketch ?? new DistinctSketch(accuracy)).ToText())])]
            : [new ValueColumn<long>(KqlType.Long, [.. _sketches.Select(sketch => sketch?.Estimate() ?? 0)])];
    }

    private static BoundAggregate? Bind(AggregateCall call, bool isSketch)
    {
        if (call.Arguments.Count is not (1 or 2)) return null;
        var accuracy = call.Arguments.Count == 2 ? DynamicValue.Long(call.Constant(1)) : 1;
        if (accuracy is not (>= 0 and <= 4)) return null;
        var type = isSketch ? KqlType.Dynamic : KqlType.Long;
        return new BoundAggregate([call.Arguments[0]], [(call.Named(isSketch ? "hll" : "dcount"), type)], () => new DCount((int)accuracy, isSketch));
    }
}
