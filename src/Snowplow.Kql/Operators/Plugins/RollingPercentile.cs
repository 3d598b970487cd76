using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary><c>rolling_percentile(Value, Percentile, T, Bin, N[, dimensions])</c>: the nearest rank among the values of the bin and of the N - 1 bins before.</summary>
internal static class RollingPercentile
{
    public static PlanNode Bind(PluginCall call)
    {
        var value = call.Column(0);
        var time = call.Column(2);
        var dimensions = call.Columns(5);
        var percent = DynamicValue.Real(call.Value(1, KqlType.Real)) ?? 50;
        var bin = call.Ticks(3, time.Type == KqlType.DateTime ? KqlType.TimeSpan : time.Type);
        var count = (long)(call.Value(4, KqlType.Long) ?? 1L);
        if (bin <= 0 || count < 1) throw BindFailure.Semantic("SEM0219", "The bin and the number of bins must be positive", call.Span);
        var rows = call.Binder.Run(call.Input);
        if (rows[time] is not ValueColumn<long> times || !value.Type.IsNumeric()) throw BindFailure.Semantic("SEM0219", "rolling_percentile needs numbers, and a timeline of datetimes or longs", call.Span);
        var slices = new Dictionary<string, (object?[] Dimensions, SortedDictionary<long, List<double>> PerBin)>(StringComparer.Ordinal);
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (times.IsNull(row) || DynamicValue.Real(rows[value].Box(row)) is not { } number) continue;
            object?[] keys = [.. dimensions.Select(dimension => rows[dimension].Box(row))];
            var text = DynamicJson.Text(keys.Select(DynamicValue.Of).ToArray());
            if (!slices.TryGetValue(text, out var slice)) slices.Add(text, slice = (keys, []));
            var key = Bins.Down(times[row], bin)!.Value;
            if (!slice.PerBin.TryGetValue(key, out var values)) slice.PerBin.Add(key, values = []);
            values.Add(number);
        }

        var type = value.Type == KqlType.Int ? KqlType.Long : value.Type;
        var output = new List<object?[]>();
        foreach (var (keys, perBin) in slices.Values)
        {
            foreach (var key in perBin.Keys)
            {
                double[] window = [.. perBin.Where(pair => pair.Key <= key && pair.Key > key - (count * bin)).SelectMany(pair => pair.Value).Order()];
                output.Add([DynamicValue.To(time.Type, key), .. keys, DynamicValue.To(type, window[Rank.Of(percent, window.Length)])]);
            }
        }

        return PluginCall.Table(time, dimensions, [($"rolling_{count}_percentile_{value.Name}_{percent.ToString(System.Globalization.CultureInfo.InvariantCulture)}", type)], output);
    }
}
