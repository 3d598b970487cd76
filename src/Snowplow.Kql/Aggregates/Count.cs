using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>count</c>: the number of rows.</summary>
internal sealed class Count : Accumulator
{
    public static readonly AggregateFunction Function = new(
        "count", 1, "Number of rows.", call => call.Arguments.Count == 0 ? new BoundAggregate([], [("count_", KqlType.Long)], () => new Count()) : null);

    private long[] _counts = [];

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Grow(ref _counts, groupCount);
        if (groupCount == 1)
        {
            _counts[0] += groups.Length;
            return;
        }

        var counts = _counts;
        foreach (var group in groups) counts[group]++;
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Grow(ref _counts, groupCount);
        var counts = ((Count)other)._counts;
        for (var i = 0; i < Math.Min(map.Length, counts.Length); i++) _counts[map[i]] += counts[i];
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _counts, groupCount);
        return [new ValueColumn<long>(KqlType.Long, _counts)];
    }
}
