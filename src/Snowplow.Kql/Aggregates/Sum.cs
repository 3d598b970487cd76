using System.Numerics;
using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>sum</c>: zero where there is nothing to add.</summary>
internal static class Sum
{
    public static readonly AggregateFunction Function = new("sum", 1, "Sum of numbers or timespans; 0 where there are none.", Bind);

    private static BoundAggregate? Bind(AggregateCall call)
    {
        if (call.Arguments is not [var argument]) return null;
        Func<Accumulator>? create = argument.Type switch
        {
            KqlType.Int or KqlType.Long => () => new Sum<long>(KqlType.Long),
            KqlType.Real or KqlType.Dynamic => () => new Sum<double>(KqlType.Real),
            KqlType.Decimal => () => new DecimalSum(),
            KqlType.TimeSpan => () => new Sum<long>(KqlType.TimeSpan),
            _ => null,
        };
        var type = argument.Type switch { KqlType.Int => KqlType.Long, KqlType.Dynamic => KqlType.Real, var other => other };
        return create is null ? null : new BoundAggregate([Conversions.To(argument, type)], [(call.Named("sum"), type)], create);
    }
}

/// <summary>Sums of one type of element.</summary>
internal sealed class Sum<T>(KqlType type) : Accumulator
    where T : unmanaged, INumber<T>
{
    private T[] _sums = [];

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Grow(ref _sums, groupCount);
        var column = (ValueColumn<T>)arguments[0];
        var sums = _sums;
        if (column.HasNulls || column.IsConstant)
        {
            for (var i = 0; i < groups.Length; i++)
                if (!column.IsNull(i)) sums[groups[i]] += column[i];
            return;
        }

        var values = column.Values;
        for (var i = 0; i < groups.Length; i++) sums[groups[i]] += values[i];
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Grow(ref _sums, groupCount);
        var sums = ((Sum<T>)other)._sums;
        for (var i = 0; i < Math.Min(map.Length, sums.Length); i++) _sums[map[i]] += sums[i];
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _sums, groupCount);
        return [new ValueColumn<T>(type, _sums)];
    }
}
