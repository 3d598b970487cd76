using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary><c>sliding_window_counts(Id, T, Start, End, Lookback, Bin)</c>: the window ends with the bin and is a whole number of bins long.</summary>
internal static class SlidingWindow
{
    public static PlanNode Bind(PluginCall call)
    {
        if (call.Arguments.Count > 6) throw BindFailure.NotSupported("sliding_window_counts with dimensions", call.Span);
        var id = call.Column(0);
        var time = call.Column(1);
        var spanType = time.Type == KqlType.DateTime ? KqlType.TimeSpan : time.Type;
        var (start, end, lookback, bin) = (call.Ticks(2, time.Type), call.Ticks(3, time.Type), call.Ticks(4, spanType), call.Ticks(5, spanType));
        if (bin <= 0 || lookback < bin) throw BindFailure.Semantic("SEM0219", "The bin must be positive, and the lookback at least one bin", call.Span);
        var bins = lookback / bin;
        var first = start - ((bins - 1) * bin);
        var last = start + (((end - start) / bin) * bin) + bin;
        var perBin = call.Events(id, time, first, last).GroupBy(row => (row.Time - first) / bin).ToDictionary(group => group.Key, group => group.Select(row => row.Id).ToArray());
        var rows = new List<object?[]>();
        for (var k = bins - 1; first + (k * bin) <= end; k++)
        {
            var window = Enumerable.Range(0, (int)bins).SelectMany(back => perBin.GetValueOrDefault(k - back) ?? []).ToList();
            if (window.Count > 0) rows.Add([DynamicValue.To(time.Type, first + (k * bin)), (long)window.Count, (long)window.Distinct().Count()]);
        }

        return PluginCall.Table([(time.Name, time.Type), ("Count", KqlType.Long), ("Dcount", KqlType.Long)], rows);
    }
}
