using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary><c>sliding_window_counts(Id, T, Start, End, Lookback, Bin, dimensions)</c>: the window ends with the bin and is a whole number of bins long.</summary>
internal static class SlidingWindow
{
    public static PlanNode Bind(PluginCall call)
    {
        var (id, time, dimensions) = (call.Column(0), call.Column(1), call.Columns(6));
        var (lookback, bin) = (call.Length(4, time), call.Length(5, time));
        if (bin <= 0 || lookback < bin) throw BindFailure.Semantic("SEM0219", "The bin must be positive, and the lookback at least one bin", call.Span);
        var timeline = Timeline.Between(call, call.Ticks(2, time.Type), call.Ticks(3, time.Type), bin);
        var before = (lookback / bin * bin) - bin;
        var rows = new List<object?[]>();
        foreach (var slice in UserEvents.Read(call, id, time, (long)Int128.Max((Int128)timeline.Start - before, long.MinValue), timeline.End, dimensions).Slices)
        {
            var window = new MovingUsers(slice.Events);
            for (var k = 0; k < timeline.Starts.Length; k++)
            {
                window.MoveTo((Int128)timeline.Starts[k] - before, timeline.EndOf(k));
                if (window.EventCount > 0) rows.Add([DynamicValue.To(time.Type, timeline.Starts[k]), .. slice.Dimensions, (long)window.EventCount, (long)window.UserCount]);
            }
        }

        return PluginCall.Table(time, dimensions, [("Count", KqlType.Long), ("Dcount", KqlType.Long)], rows);
    }
}
