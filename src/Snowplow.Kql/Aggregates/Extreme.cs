using System.Numerics;
using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>min</c> and <c>max</c>; null where there is nothing.</summary>
internal static class Extreme
{
    public static readonly AggregateFunction Min = new("min", 1, "Least value; null where there is none.", call => Bind(call, false));

    public static readonly AggregateFunction Max = new("max", 1, "Greatest value; null where there is none.", call => Bind(call, true));

    private static BoundAggregate? Bind(AggregateCall call, bool isMax)
    {
        if (call.Arguments is not [var argument]) return null;
        Func<Accumulator> create = argument.Type switch
        {
            KqlType.Int => () => new Extreme<int>(argument.Type, isMax),
            KqlType.Real => () => new Extreme<double>(argument.Type, isMax),
            KqlType.Decimal => () => new Extreme<decimal>(argument.Type, isMax),
            KqlType.String or KqlType.Dynamic or KqlType.Guid or KqlType.Bool => () => new ArgExtreme([argument.Type], isMax),
            _ => () => new Extreme<long>(argument.Type, isMax),
        };
        IReadOnlyList<BoundExpression> arguments = [argument];
        return new BoundAggregate(arguments, [(call.Named(isMax ? "max" : "min"), argument.Type)], create);
    }
}

/// <summary>Extremes of one type of element.</summary>
internal sealed class Extreme<T>(KqlType type, bool isMax) : Accumulator
    where T : unmanaged, INumber<T>
{
    private T[] _values = [];
    private bool[] _has = [];

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Grow(ref _values, groupCount);
        Grow(ref _has, groupCount);
        var column = (ValueColumn<T>)arguments[0];
        var hasNulls = column.HasNulls;
        for (var i = 0; i < groups.Length; i++)
            if (!hasNulls || !column.IsNull(i)) Take(groups[i], column[i]);
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Grow(ref _values, groupCount);
        Grow(ref _has, groupCount);
        var from = (Extreme<T>)other;
        for (var i = 0; i < Math.Min(map.Length, from._has.Length); i++)
            if (from._has[i]) Take(map[i], from._values[i]);
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _values, groupCount);
        Array.Resize(ref _has, groupCount);
        Bitmap? valid = null;
        for (var i = 0; i < groupCount; i++)
            if (!_has[i]) (valid ??= new Bitmap(groupCount, true))[i] = false;
        return [new ValueColumn<T>(type, _values, valid)];
    }

    private void Take(int group, T value)
    {
        if (_has[group] && !(isMax ? value > _values[group] : value < _values[group])) return;
        _values[group] = value;
        _has[group] = true;
    }
}
