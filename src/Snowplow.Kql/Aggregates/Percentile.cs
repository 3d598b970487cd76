using System.Globalization;
using Snowplow.Kql.Aggregates.Core;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Functions.Core;

namespace Snowplow.Kql.Aggregates;

/// <summary>
/// <c>percentile</c> and its kin: exact by the nearest rank, ceil(p/100 × n), so that the result is one of the values; with weights, the first value at
/// which the weights so far reach that part of all. All values are kept.
/// </summary>
internal sealed class Percentile(KqlType type, IReadOnlyList<double> percents, bool hasWeights, bool isArray) : Accumulator
{
    public static readonly AggregateFunction Function = new("percentile", 1, "The value at a percentile, exact by the nearest rank.", call => Bind(call, false, false, false));

    public static readonly AggregateFunction Several = new("percentiles", 1, "The values at several percentiles.", call => Bind(call, true, false, false));

    public static readonly AggregateFunction Array = new("percentiles_array", 2, "The values at several percentiles, in an array.", call => Bind(call, true, false, true));

    public static readonly AggregateFunction Weighted = new("percentilew", 2, "The value at a percentile of weighted values.", call => Bind(call, false, true, false));

    public static readonly AggregateFunction SeveralWeighted = new("percentilesw", 2, "The values at several percentiles of weighted values.", call => Bind(call, true, true, false));

    public static readonly AggregateFunction ArrayWeighted = new("percentilesw_array", 2, "The values at several percentiles of weighted values, in an array.", call => Bind(call, true, true, true));

    private List<double>?[] _reals = [];
    private List<long>?[] _longs = [];
    private List<double>?[] _weights = [];
    private long _kept;

    private bool IsReal => type is KqlType.Real or KqlType.Decimal;

    public override long SizeBytes => _kept * (hasWeights ? 32 : 16);

    public override void Add(Column[] arguments, ReadOnlySpan<int> groups, int groupCount)
    {
        Prepare(groupCount);
        var column = arguments[0];
        for (var i = 0; i < groups.Length; i++)
        {
            if (column.IsNull(i)) continue;
            var weight = hasWeights ? ((ValueColumn<double>)arguments[1])[i] : 1;
            if (hasWeights && !(weight > 0)) continue;
            _kept++;
            var group = groups[i];
            if (column is ValueColumn<double> reals) (_reals[group] ??= []).Add(reals[i]);
            else (_longs[group] ??= []).Add(((ValueColumn<long>)column)[i]);
            if (hasWeights) (_weights[group] ??= []).Add(weight);
        }
    }

    public override void Merge(Accumulator other, ReadOnlySpan<int> map, int groupCount)
    {
        Prepare(groupCount);
        var from = (Percentile)other;
        for (var i = 0; i < map.Length; i++)
        {
            Append(_reals, from._reals, map[i], i);
            Append(_longs, from._longs, map[i], i);
            Append(_weights, from._weights, map[i], i);
        }
    }

    public override Column[] Finish(int groupCount)
    {
        Prepare(groupCount);
        var results = percents.Select(_ => new object?[groupCount]).ToArray();
        for (var g = 0; g < groupCount; g++)
        {
            var weights = hasWeights ? _weights[g]?.ToArray() : null;
            if (IsReal) Pick(_reals[g]?.ToArray(), weights, results, g, value => value);
            else Pick(_longs[g]?.ToArray(), weights, results, g, Boxed);
        }

        return isArray
            ? [new DynamicColumn([.. Enumerable.Range(0, groupCount).Select(g => (object?)results.Select(values => values[g]).ToArray())])]
            : [.. results.Select(values => Columns.Of(type, values))];
    }

    private static BoundAggregate? Bind(AggregateCall call, bool isSeveral, bool hasWeights, bool isArray)
    {
        var first = hasWeights ? 2 : 1;
        if (call.Arguments.Count <= first || (!isSeveral && call.Arguments.Count != first + 1)) return null;
        var percents = new List<double>();
        for (var i = first; i < call.Arguments.Count; i++)
        {
            foreach (var item in call.Constant(i) as object?[] ?? [call.Constant(i)])
            {
                if (DynamicValue.Real(item) is not (>= 0 and <= 100) || item is null) return null;
                percents.Add(DynamicValue.Real(item)!.Value);
            }
        }

        var argument = call.Arguments[0];
        var type = argument.Type switch { KqlType.Int => KqlType.Long, KqlType.Dynamic or KqlType.Decimal => KqlType.Real, var own => own };
        if (type is not (KqlType.Long or KqlType.Real or KqlType.DateTime or KqlType.TimeSpan)) return null;
        argument = Conversions.To(argument, type);
        var name = call.Names[0];
        IReadOnlyList<(string, KqlType)> results = isArray
            ? [($"percentiles_{name}", KqlType.Dynamic)]
            : [.. percents.Select(percent => ($"percentile_{name}_{percent.ToString(CultureInfo.InvariantCulture).Replace('.', '_')}", type))];
        return new BoundAggregate(
            hasWeights ? [argument, Conversions.To(call.Arguments[1], KqlType.Real)] : [argument], results, () => new Percentile(type, percents, hasWeights, isArray));
    }

    private static void Append<T>(List<T>?[] to, List<T>?[] from, int toGroup, int fromGroup)
    {
        if (fromGroup >= from.Length || from[fromGroup] is not { } values) return;
        if (to[toGroup] is { } known) known.AddRange(values);
        else to[toGroup] = values;
    }

    private void Prepare(int groupCount)
    {
        Grow(ref _reals, groupCount);
        Grow(ref _longs, groupCount);
        Grow(ref _weights, groupCount);
    }

    private object Boxed(long value) => type switch { KqlType.DateTime => new DateTime(value), KqlType.TimeSpan => new TimeSpan(value), _ => value };

    private void Pick<T>(T[]? values, double[]? weights, object?[][] results, int group, Func<T, object> box)
        where T : IComparable<T>
    {
        if (values is null) return;
        if (weights is not null) System.Array.Sort(values, weights);
        var low = 0;
        // The least rank first, so that what is below the last one needs no more looking at.
        foreach (var p in Enumerable.Range(0, percents.Count).OrderBy(p => percents[p]))
        {
            var rank = Rank.Of(percents[p], values.Length, weights);
            if (weights is null) Selection.Select(values, low, rank);
            low = rank;
            results[p][group] = box(values[rank]);
        }
    }
}
