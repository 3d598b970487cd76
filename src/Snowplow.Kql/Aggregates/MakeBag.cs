using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>make_bag</c>: the properties of all bags in one; the first of a name stays.</summary>
internal sealed class MakeBag(int maxSize) : Accumulator
{
    public static readonly AggregateFunction Function = new("make_bag", 2, "The properties of all bags in one; the first of a name stays.", Bind);

    private const int MaxSize = 1_048_576;

    private Bag?[] _bags = [];

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Grow(ref _bags, groupCount);
        for (var i = 0; i < groups.Length; i++) Take(groups[i], arguments[0].Box(i) as Bag);
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Grow(ref _bags, groupCount);
        var from = (MakeBag)other;
        for (var i = 0; i < Math.Min(map.Length, from._bags.Length); i++) Take(map[i], from._bags[i]);
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _bags, groupCount);
        return [new DynamicColumn([.. _bags.Select(bag => (object?)(bag ?? []))])];
    }

    private static BoundAggregate? Bind(AggregateCall call)
    {
        if (call.Arguments.Count is not (1 or 2) || call.Arguments[0].Type != KqlType.Dynamic) return null;
        var most = call.Arguments.Count == 1 ? MaxSize : DynamicValue.Long(call.Constant(1)) ?? -1;
        return most < 0 ? null : new BoundAggregate([call.Arguments[0]], [(call.Named("bag"), KqlType.Dynamic)], () => new MakeBag((int)Math.Min(most, MaxSize)));
    }

    private void Take(int group, Bag? bag)
    {
        if (bag is null) return;
        var all = _bags[group] ??= [];
        foreach (var (name, value) in bag)
            if (all.Count < maxSize) all.TryAdd(name, value);
    }
}
