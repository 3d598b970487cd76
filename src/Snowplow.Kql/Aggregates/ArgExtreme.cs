using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates;

/// <summary>
/// <c>arg_max</c>, <c>arg_min</c>: the row whose first value is the extreme, the first such row. A null loses against all; where all are null it is the
/// first row.
/// </summary>
internal sealed class ArgExtreme(IReadOnlyList<KqlType> types, bool isMax) : Accumulator
{
    public static readonly AggregateFunction Max = new("arg_max", 1, "The greatest value and other columns of its row; the first row of several.", call => Bind(call, true));

    public static readonly AggregateFunction Min = new("arg_min", 1, "The least value and other columns of its row; the first row of several.", call => Bind(call, false));

    private readonly GroupStore[] _stores = [.. types.Select(GroupStore.Of)];
    private bool[] _seen = [];
    private object?[] _best = [];
    private long[] _bestInt64 = [];

    private bool IsInt64 => types[0].IsInt64();

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Prepare(groupCount);
        var keys = arguments[0];
        var longs = keys as ValueColumn<long>;
        for (var i = 0; i < groups.Length; i++)
        {
            var group = groups[i];
            if (longs is not null ? !Wins(group, !longs.IsNull(i), longs[i]) : !Wins(group, keys.Box(i))) continue;
            for (var c = 0; c < _stores.Length; c++) _stores[c].Set(group, arguments[c], i);
        }
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Prepare(groupCount);
        var from = (ArgExtreme)other;
        for (var i = 0; i < Math.Min(map.Length, from._seen.Length); i++)
        {
            if (!from._seen[i] || !(IsInt64 ? Wins(map[i], from._best[i] is not null, from._bestInt64[i]) : Wins(map[i], from._best[i]))) continue;
            for (var c = 0; c < _stores.Length; c++) _stores[c].Set(map[i], from._stores[c], i);
        }
    }

    public override Column[] Finish(int groupCount) => [.. _stores.Select(store => store.Finish(groupCount))];

    private static BoundAggregate? Bind(AggregateCall call, bool isMax)
    {
        if (call.Arguments.Count == 0) return null;
        var arguments = call.Arguments.ToList();
        var prefix = isMax ? "max_" : "min_";
        var results = arguments.Select((argument, i) => (call.Names[i] ?? (i == 0 ? prefix : $"{prefix}{i}"), argument.Type)).ToList();
        if (call.HasStar)
        {
            foreach (var column in call.Columns.Where(column => !results.Exists(result => result.Item1 == column.Name)))
            {
                arguments.Add(new Binding.Expressions.ColumnExpression(column));
                results.Add((column.Name, column.Type));
            }
        }

        IReadOnlyList<KqlType> types = [.. results.Select(result => result.Type)];
        return new BoundAggregate(arguments, results, () => new ArgExtreme(types, isMax));
    }

    private void Prepare(int groupCount)
    {
        Grow(ref _seen, groupCount);
        Grow(ref _best, groupCount);
        if (IsInt64) Grow(ref _bestInt64, groupCount);
    }

    private bool Wins(int group, bool hasValue, long value)
    {
        if (!_seen[group])
        {
            _seen[group] = true;
        }
        else if (!hasValue || (_best[group] is not null && !(isMax ? value > _bestInt64[group] : value < _bestInt64[group])))
        {
            return false;
        }

        _best[group] = hasValue ? this : null;
        _bestInt64[group] = value;
        return true;
    }

    private bool Wins(int group, object? value)
    {
        if (!_seen[group])
        {
            _seen[group] = true;
        }
        else if (value is null || (_best[group] is { } best && ValueOrder.Compare(value, best) * (isMax ? 1 : -1) <= 0))
        {
            return false;
        }

        _best[group] = value;
        return true;
    }
}
