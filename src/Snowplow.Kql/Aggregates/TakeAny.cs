using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>take_any</c>: values of the first row of which one is not null.</summary>
internal sealed class TakeAny(IReadOnlyList<KqlType> types) : Accumulator
{
    public static readonly AggregateFunction Function = new("take_any", 1, "A value of the group: the first that is not null.", call => Bind(call, ""));

    public static readonly AggregateFunction Any = new("any", 1, "The same as take_any.", call => Bind(call, "any_"));

    private readonly GroupStore[] _stores = [.. types.Select(GroupStore.Of)];
    private bool[] _seen = [];

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Grow(ref _seen, groupCount);
        for (var i = 0; i < groups.Length; i++)
        {
            if (_seen[groups[i]] || Array.TrueForAll(arguments, column => column.IsNull(i))) continue;
            _seen[groups[i]] = true;
            for (var c = 0; c < _stores.Length; c++) _stores[c].Set(groups[i], arguments[c], i);
        }
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Grow(ref _seen, groupCount);
        var from = (TakeAny)other;
        for (var i = 0; i < Math.Min(map.Length, from._seen.Length); i++)
        {
            if (_seen[map[i]] || !from._seen[i]) continue;
            _seen[map[i]] = true;
            for (var c = 0; c < _stores.Length; c++) _stores[c].Set(map[i], from._stores[c], i);
        }
    }

    public override Column[] Finish(int groupCount) => [.. _stores.Select(store => store.Finish(groupCount))];

    private static BoundAggregate? Bind(AggregateCall call, string prefix)
    {
        var arguments = call.Arguments.ToList();
        var names = call.Names.Select((name, i) => name is null ? (i == 0 ? "any_" : $"any_{i}") : prefix + name).ToList();
        if (call.HasStar)
        {
            arguments.AddRange(call.Columns.Select(column => new ColumnExpression(column)));
            names.AddRange(call.Columns.Select(column => prefix + column.Name));
        }

        if (arguments.Count == 0) return null;
        IReadOnlyList<KqlType> types = [.. arguments.Select(argument => argument.Type)];
        return new BoundAggregate(arguments, [.. names.Zip(types)], () => new TakeAny(types));
    }
}
