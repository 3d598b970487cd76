using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>make_list</c>, <c>make_set</c> and their kin: arrays in the order of the rows, of at most 1,048,576 items.</summary>
internal sealed class MakeList(int maxSize, bool isSet, bool keepsNulls) : Accumulator
{
    public static readonly AggregateFunction List = new("make_list", 1, "The values in an array, without nulls.", call => Bind(call, "list", MaxSize, false, false));

    public static readonly AggregateFunction OldList = new("makelist", 1, "As make_list, of at most 128 values.", call => Bind(call, "list", 128, false, false));

    public static readonly AggregateFunction ListWithNulls = new("make_list_with_nulls", 2, "The values in an array, nulls too.", call => Bind(call, "list", MaxSize, false, true));

    public static readonly AggregateFunction Set = new("make_set", 1, "The different values in an array, without nulls.", call => Bind(call, "set", MaxSize, true, false));

    public static readonly AggregateFunction OldSet = new("makeset", 1, "As make_set, of at most 128 values.", call => Bind(call, "set", 128, true, false));

    private const int MaxSize = 1_048_576;

    private List<object?>?[] _lists = [];
    private HashSet<object>?[] _sets = [];
    private long _items;

    public override long SizeBytes => _items * 48;

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Prepare(groupCount);
        for (var i = 0; i < groups.Length; i++) Take(groups[i], DynamicValue.Of(arguments[0].Box(i)));
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Prepare(groupCount);
        var from = (MakeList)other;
        for (var i = 0; i < Math.Min(map.Length, from._lists.Length); i++)
            foreach (var value in from._lists[i] ?? []) Take(map[i], value);
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _lists, groupCount);
        return [new DynamicColumn([.. _lists.Select(list => (object?)(list?.ToArray() ?? []))])];
    }

    private static BoundAggregate? Bind(AggregateCall call, string prefix, int most, bool isSet, bool keepsNulls)
    {
        if (call.Arguments.Count is not (1 or 2)) return null;
        if (call.Arguments.Count == 2) most = DynamicValue.Long(call.Constant(1)) is { } size and > 0 ? (int)Math.Min(size, MaxSize) : -1;
        return most < 0 ? null : new BoundAggregate([call.Arguments[0]], [(call.Named(prefix), KqlType.Dynamic)], () => new MakeList(most, isSet, keepsNulls));
    }

    private void Prepare(int groupCount)
    {
        Grow(ref _lists, groupCount);
        if (isSet) Grow(ref _sets, groupCount);
    }

    private void Take(int group, object? value)
    {
        if (value is null && !keepsNulls) return;
        var list = _lists[group] ??= [];
        if (list.Count >= maxSize) return;
        if (isSet && !(_sets[group] ??= []).Add(value is object?[] or Bag ? DynamicJson.Text(value) : value!)) return;
        list.Add(value);
        _items++;
    }
}
