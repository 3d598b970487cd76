using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>
/// <c>activity_metrics(Id, T, Start, End, Window, dimensions)</c>: the users of each window against those of the window before it, and no other.
/// </summary>
internal static class ActivityMetrics
{
    private static readonly (string Name, KqlType Type)[] Measures =
        [("dcount_values", KqlType.Long), ("dcount_newvalues", KqlType.Long), ("retention_rate", KqlType.Real), ("churn_rate", KqlType.Real)];

    public static PlanNode Bind(PluginCall call)
    {
        var (id, time, dimensions) = (call.Column(0), call.Column(1), call.Columns(5));
        var timeline = Timeline.Between(call, call.Ticks(2, time.Type), call.Ticks(3, time.Type), call.Window(4, time));
        var rows = new List<object?[]>();
        foreach (var slice in UserEvents.Read(call, id, time, timeline.Start, timeline.End, dimensions).Slices)
        {
            HashSet<int> before = [];
            foreach (var (users, start) in slice.UsersBy(timeline).Zip(timeline.Starts))
            {
                var retained = users.Count(before.Contains);
                // Without users before, both rates are NaN.
                if (users.Count + before.Count > 0)
                {
                    rows.Add([DynamicValue.To(time.Type, start), .. slice.Dimensions, (long)users.Count, (long)(users.Count - retained),
                        (double)retained / before.Count, (double)(before.Count - retained) / before.Count]);
                }

                before = users;
            }
        }

        return PluginCall.Table(time, dimensions, Measures, rows);
    }
}
