using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>variance</c>, <c>stdev</c> of a sample and <c>variancep</c>, <c>stdevp</c> of a population, by Welford's method; 0 of nothing.</summary>
internal sealed class Variance(bool isRoot, bool isPopulation) : Accumulator
{
    public static readonly AggregateFunction Sample = new("variance", 1, "Variance of a sample.", call => Bind(call, "variance", false, false));

    public static readonly AggregateFunction Population = new("variancep", 2, "Variance of a population.", call => Bind(call, "variancep", false, true));

    public static readonly AggregateFunction SampleRoot = new("stdev", 1, "Standard deviation of a sample.", call => Bind(call, "stdev", true, false));

    public static readonly AggregateFunction PopulationRoot = new("stdevp", 2, "Standard deviation of a population.", call => Bind(call, "stdevp", true, true));

    private (long Count, double Mean, double Squares)[] _groups = [];

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Grow(ref _groups, groupCount);
        var column = (ValueColumn<double>)arguments[0];
        for (var i = 0; i < groups.Length; i++)
        {
            if (column.IsNull(i)) continue;
            ref var group = ref _groups[groups[i]];
            group.Count++;
            var distance = column[i] - group.Mean;
            group.Mean += distance / group.Count;
            group.Squares += distance * (column[i] - group.Mean);
        }
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Grow(ref _groups, groupCount);
        var from = ((Variance)other)._groups;
        for (var i = 0; i < Math.Min(map.Length, from.Length); i++)
        {
            ref var a = ref _groups[map[i]];
            var b = from[i];
            if (b.Count == 0) continue;
            var count = a.Count + b.Count;
            var distance = b.Mean - a.Mean;
            a = (count, a.Mean + (distance * b.Count / count), a.Squares + b.Squares + (distance * distance * a.Count * b.Count / count));
        }
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _groups, groupCount);
        return [new ValueColumn<double>(KqlType.Real, [.. _groups.Select(Result)])];
    }

    private static BoundAggregate? Bind(AggregateCall call, string prefix, bool isRoot, bool isPopulation) =>
        call.Arguments is [var argument] && (argument.Type.IsNumeric() || argument.Type == KqlType.Dynamic)
            ? new BoundAggregate([Conversions.To(argument, KqlType.Real)], [(call.Named(prefix), KqlType.Real)], () => new Variance(isRoot, isPopulation))
            : null;

    private double Result((long Count, double Mean, double Squares) group)
    {
        var divisor = isPopulation ? group.Count : group.Count - 1;
        var variance = divisor <= 0 ? 0 : group.Squares / divisor;
        return isRoot ? Math.Sqrt(variance) : variance;
    }
}
