using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary><c>activity_counts_metrics(Id, T, Start, End, Window, dimensions)</c>: an id is new in the first window in which it is seen.</summary>
internal static class ActivityCounts
{
    public static PlanNode Bind(PluginCall call)
    {
        var (id, time, dimensions) = (call.Column(0), call.Column(1), call.Columns(5));
        var timeline = Timeline.Between(call, call.Ticks(2, time.Type), call.Ticks(3, time.Type), call.Window(4, time));
        var rows = new List<object?[]>();
        foreach (var slice in UserEvents.Read(call, id, time, timeline.Start, timeline.End, dimensions).Slices)
        {
            var seen = new HashSet<int>();
            foreach (var group in slice.Events.GroupBy(item => timeline.WindowOf(item.Time)))
            {
                var users = group.Select(item => item.User).ToHashSet();
                var added = users.Count(seen.Add);
                rows.Add([DynamicValue.To(time.Type, timeline.Starts[group.Key]), .. slice.Dimensions, (long)group.Count(), (long)users.Count, (long)added, (long)seen.Count]);
            }
        }

        return PluginCall.Table(time, dimensions, [("count", KqlType.Long), ("dcount", KqlType.Long), ("new_dcount", KqlType.Long), ("aggregated_dcount", KqlType.Long)], rows);
    }
}
