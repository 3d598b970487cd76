using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Aggregates;

/// <summary><c>covariance</c> of a sample and <c>covariancep</c> of a population, by Welford's method; 0 of nothing. Rows without one of the values do not count.</summary>
internal sealed class Covariance(bool isPopulation) : Accumulator
{
    public static readonly AggregateFunction Sample = new("covariance", 2, "Covariance of two values of a sample.", call => Bind(call, "covariance", false));

    public static readonly AggregateFunction Population = new("covariancep", 2, "Covariance of two values of a population.", call => Bind(call, "covariancep", true));

    private (long Count, double MeanX, double MeanY, double Products)[] _groups = [];

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Grow(ref _groups, groupCount);
        var x = (ValueColumn<double>)arguments[0];
        var y = (ValueColumn<double>)arguments[1];
        for (var i = 0; i < groups.Length; i++)
        {
            if (x.IsNull(i) || y.IsNull(i)) continue;
            ref var group = ref _groups[groups[i]];
            group.Count++;
            var distance = x[i] - group.MeanX;
            group.MeanX += distance / group.Count;
            group.MeanY += (y[i] - group.MeanY) / group.Count;
            group.Products += distance * (y[i] - group.MeanY);
        }
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Grow(ref _groups, groupCount);
        var from = ((Covariance)other)._groups;
        for (var i = 0; i < Math.Min(map.Length, from.Length); i++)
        {
            ref var a = ref _groups[map[i]];
            var b = from[i];
            if (b.Count == 0) continue;
            var count = a.Count + b.Count;
            var (x, y) = (b.MeanX - a.MeanX, b.MeanY - a.MeanY);
            a = (count, a.MeanX + (x * b.Count / count), a.MeanY + (y * b.Count / count), a.Products + b.Products + (x * y * a.Count * b.Count / count));
        }
    }

    public override Column[] Finish(int groupCount)
    {
        Array.Resize(ref _groups, groupCount);
        return [new ValueColumn<double>(KqlType.Real, [.. _groups.Select(group => (isPopulation ? group.Count : group.Count - 1) is > 0 and var divisor ? group.Products / divisor : 0)])];
    }

    private static BoundAggregate? Bind(AggregateCall call, string prefix, bool isPopulation) =>
        call.Arguments.Count == 2 && call.Arguments.All(argument => argument.Type.IsNumeric() || argument.Type == KqlType.Dynamic)
            ? new BoundAggregate([.. call.Arguments.Select(argument => Conversions.To(argument, KqlType.Real))], [(call.Named(prefix, 2), KqlType.Real)], () => new Covariance(isPopulation))
            : null;
}
