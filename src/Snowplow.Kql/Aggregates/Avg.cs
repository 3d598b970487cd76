using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>avg</c>: NaN where there is nothing; null for datetimes and timespans.</summary>
internal sealed class Avg(KqlType type) : Accumulator
{
    public static readonly AggregateFunction Function = new("avg", 1, "Mean of numbers, timespans or datetimes; NaN of no numbers.", Bind);

    private double[] _sums = [];
    private Int128[] _ticks = [];
    private readonly DecimalSum _decimals = new();
    private long[] _counts = [];

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Prepare(groupCount);
        var column = arguments[0];
        if (type == KqlType.Decimal) _decimals.Add(arguments, groups, groupCount);
        for (var i = 0; i < groups.Length; i++)
        {
            if (column.IsNull(i)) continue;
            var group = groups[i];
            _counts[group]++;
            switch (column)
            {
                case ValueColumn<double> reals: _sums[group] += reals[i]; break;
                case ValueColumn<long> longs: _ticks[group] += longs[i]; break;
            }
        }
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Prepare(groupCount);
        var from = (Avg)other;
        if (type == KqlType.Decimal) _decimals.Merge(from._decimals, map, groupCount);
        for (var i = 0; i < Math.Min(map.Length, from._counts.Length); i++)
        {
            _counts[map[i]] += from._counts[i];
            if (type == KqlType.Real) _sums[map[i]] += from._sums[i];
            else if (type != KqlType.Decimal) _ticks[map[i]] += from._ticks[i];
        }
    }

    public override Column[] Finish(int groupCount)
    {
        Prepare(groupCount);
        if (type == KqlType.Real) return [new ValueColumn<double>(type, [.. Enumerable.Range(0, groupCount).Select(i => _sums[i] / _counts[i])])];
        if (type == KqlType.Decimal)
        {
            var sums = _decimals.Finish(groupCount)[0];
            return [Columns.Of(type, [.. Enumerable.Range(0, groupCount).Select(i => _counts[i] == 0 ? null : (object?)((decimal?)sums.Box(i) / _counts[i]))])];
        }

        return
        [
            Columns.Of(type, [.. Enumerable.Range(0, groupCount).Select(i => _counts[i] == 0 ? null : type switch
            {
                KqlType.DateTime => (object)new DateTime((long)(_ticks[i] / _counts[i])),
                _ => new TimeSpan((long)(_ticks[i] / _counts[i])),
            })]),
        ];
    }

    private static BoundAggregate? Bind(AggregateCall call)
    {
        if (call.Arguments is not [var argument]) return null;
        var type = argument.Type switch
        {
            KqlType.Int or KqlType.Long or KqlType.Real or KqlType.Dynamic => KqlType.Real,
            KqlType.Decimal or KqlType.DateTime or KqlType.TimeSpan => argument.Type,
            _ => (KqlType?)null,
        };
        return type is { } result ? new BoundAggregate([Conversions.To(argument, result)], [(call.Named("avg"), result)], () => new Avg(result)) : null;
    }

    private void Prepare(int groupCount)
    {
        Grow(ref _counts, groupCount);
        if (type == KqlType.Real) Grow(ref _sums, groupCount);
        else if (type != KqlType.Decimal) Grow(ref _ticks, groupCount);
    }
}
