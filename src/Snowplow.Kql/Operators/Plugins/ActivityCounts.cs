using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary><c>activity_counts_metrics(Id, T, Start, End, Window)</c>: windows from Start; an id is new in the first window in which it is seen.</summary>
internal static class ActivityCounts
{
    public static PlanNode Bind(PluginCall call)
    {
        if (call.Arguments.Count > 5) throw BindFailure.NotSupported("activity_counts_metrics with dimensions", call.Span);
        var id = call.Column(0);
        var time = call.Column(1);
        var (start, end, window) = (call.Ticks(2, time.Type), call.Ticks(3, time.Type), call.Ticks(4, time.Type == KqlType.DateTime ? KqlType.TimeSpan : time.Type));
        if (window <= 0) throw BindFailure.Semantic("SEM0219", "The window must be positive", call.Span);
        var seen = new HashSet<int>();
        var rows = new List<object?[]>();
        // The window that End falls into counts as a whole.
        var last = start + (((end - start) / window) * window) + window;
        foreach (var group in call.Events(id, time, start, last).GroupBy(row => (row.Time - start) / window))
        {
            var ids = group.Select(row => row.Id).ToHashSet();
            var added = ids.Count(seen.Add);
            rows.Add([DynamicValue.To(time.Type, start + (group.Key * window)), (long)group.Count(), (long)ids.Count, (long)added, (long)seen.Count]);
        }

        return PluginCall.Table([(time.Name, time.Type), ("count", KqlType.Long), ("dcount", KqlType.Long), ("new_dcount", KqlType.Long), ("aggregated_dcount", KqlType.Long)], rows);
    }
}
