using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>hll_merge</c>: states of hll made one.</summary>
internal sealed class HllMerge : Accumulator
{
    public static readonly AggregateFunction Function = new(
        "hll_merge",
        1,
        "States of hll made one.",
        call => call.Arguments is [{ Type: KqlType.Dynamic } argument] ? new BoundAggregate([argument], [(call.Named("hll_merge"), KqlType.Dynamic)], () => new HllMerge()) : null);

    private DistinctSketch?[] _sketches = [];

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Grow(ref _sketches, groupCount);
        for (var i = 0; i < groups.Length; i++) Take(groups[i], DistinctSketch.Parse(arguments[0].Box(i) as string));
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Grow(ref _sketches, groupCount);
        var from = (HllMerge)other;
        for (var i = 0; i < Math.Min(map.Length, from._sketches.Length); i++) Take(map[i], from._sketches[i]);
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _sketches, groupCount);
        return [new DynamicColumn([.. _sketches.Select(sketch => (object?)sketch?.ToText())])];
    }

    private void Take(int group, DistinctSketch? sketch)
    {
        if (sketch is null) return;
        if (_sketches[group] is { } known && known.Accuracy == sketch.Accuracy) known.Merge(sketch);
        else _sketches[group] ??= sketch;
    }
}
