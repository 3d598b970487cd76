using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>
/// <c>new_activity_metrics(Id, T, Start, End, Window, Cohort, dimensions, Lookback)</c>: the users first seen in a window, and how many of them each later
/// window has. Cohort limits the rows to those first seen in its window; ids of the table Lookback are new in none.
/// </summary>
internal static class NewActivityMetrics
{
    private static readonly (string Name, KqlType Type)[] Measures =
    [
        ("dcount_new_values", KqlType.Long), ("dcount_retained_values", KqlType.Long), ("dcount_churn_values", KqlType.Long),
        ("retention_rate", KqlType.Real), ("churn_rate", KqlType.Real),
    ];

    public static PlanNode Bind(PluginCall call)
    {
        var (id, time) = (call.Column(0), call.Column(1));
        var timeline = Timeline.Between(call, call.Ticks(2, time.Type), call.Ticks(3, time.Type), call.Window(4, time));
        var lookback = call.Arguments.Count > 5 && call.Binder.IsTabular(call.Arguments[^1]) && !IsColumn(call, call.Arguments.Count - 1) ? call.Arguments[^1] : null;
        var last = call.Arguments.Count - (lookback is null ? 0 : 1);
        var cohort = last > 5 && !IsColumn(call, 5) ? timeline.WindowOf(call.Ticks(5, time.Type)) : (int?)null;
        List<ColumnSymbol> dimensions = [.. Enumerable.Range(cohort is null ? 5 : 6, Math.Max(0, last - (cohort is null ? 5 : 6))).Select(call.Column)];
        var events = UserEvents.Read(call, id, time, timeline.Start, timeline.End, dimensions);
        var known = lookback is null ? [] : KnownUsers(call, lookback, id, events);
        var rows = new List<object?[]>();
        foreach (var slice in events.Slices) AddRows(call, slice, timeline, time, cohort, known, rows);
        return PluginCall.Table([($"from_{time.Name}", time.Type), ($"to_{time.Name}", time.Type), .. dimensions.Select(dimension => (dimension.Name, dimension.Type)), .. Measures], rows);
    }

    private static bool IsColumn(PluginCall call, int place) => call.Arguments[place] is NameSyntax name && call.Input.Schema.Find(name.Name) is not null;

    private static void AddRows(PluginCall call, UserSlice slice, Timeline timeline, ColumnSymbol time, int? cohort, HashSet<int> known, List<object?[]> rows)
    {
        var users = slice.UsersBy(timeline);
        var first = new Dictionary<int, int>();
        var cohorts = new int[users.Length];
        for (var k = 0; k < users.Length; k++) cohorts[k] = users[k].Count(user => !known.Contains(user) && first.TryAdd(user, k));
        for (var from = 0; from < users.Length; from++)
        {
            if (cohorts[from] == 0 || (cohort is { } only && only != from)) continue;
            call.Binder.Context.Reserve(200L * (users.Length - from));
            for (var to = from; to < users.Length; to++)
            {
                var (retained, added) = (0, 0);
                foreach (var user in users[to])
                {
                    if (!first.TryGetValue(user, out var window)) continue;
                    if (window == from) retained++;
                    else if (window > from) added++;
                }

                var size = cohorts[from];
                rows.Add([DynamicValue.To(time.Type, timeline.Starts[from]), DynamicValue.To(time.Type, timeline.Starts[to]), .. slice.Dimensions,
                    (long)(to == from ? size : added), (long)retained, (long)(size - retained), (double)retained / size, (double)(size - retained) / size]);
            }
        }
    }

    /// <summary>The ids of the lookback: its column of the id's name, or else its first.</summary>
    private static HashSet<int> KnownUsers(PluginCall call, ExpressionSyntax lookback, ColumnSymbol id, UserEvents events)
    {
        var plan = call.Binder.BindTable(lookback);
        var column = plan.Schema.Find(id.Name) ?? plan.Schema[0];
        if (column.Type != id.Type) throw BindFailure.Semantic("SEM0219", $"The lookback of new_activity_metrics must have ids of type {id.Type.Name()}, not {column.Type.Name()}", lookback.Span);
        var rows = call.Binder.Run(plan.Prune(new HashSet<ColumnSymbol> { column }));
        var codes = new int[rows.RowCount];
        if (codes.Length > 0) events.Users.Code(rows[column], codes, false);
        return [.. codes];
    }
}
