using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>
/// <c>funnel_sequence_completion(Id, T, Start, End, Bin, State, Sequence, Periods)</c>: for each bin, period and step the users who went through the steps
/// up to it in order, other events between them or not, within the period from the first. A bin with no user of the first step has no rows.
/// </summary>
internal static class FunnelCompletion
{
    public static PlanNode Bind(PluginCall call)
    {
        var (id, time, state) = (call.Column(0), call.Column(1), call.Column(5));
        var timeline = Timeline.Between(call, call.Ticks(2, time.Type), call.Ticks(3, time.Type), call.Window(4, time));
        var names = FunnelStates.Names(call, 6);
        var length = PluginCall.LengthType(time);
        var periods = ((call.Value(7, KqlType.Dynamic) as object?[]) ?? []).Select(period => DynamicValue.To(length, period)).ToList();
        if (periods.Count == 0 || periods.Contains(null)) throw BindFailure.Semantic("SEM0219", $"The periods of {call.Syntax.Plugin.Name} must be an array of values of type {length.Name()}", call.Span);
        var events = UserEvents.Read(call, id, time, timeline.Start, timeline.End, null, state);
        var steps = FunnelStates.Codes(names, state, events.States);
        var rows = new List<object?[]>();
        foreach (var window in events.Slices.SelectMany(slice => slice.Events).GroupBy(item => timeline.WindowOf(item.Time)))
        {
            var users = window.GroupBy(item => item.User).Select(user => Shortest(user, steps)).ToList();
            if (!users.Exists(user => user[0] is not null)) continue;
            foreach (var period in periods)
            {
                var ticks = period is TimeSpan span ? span.Ticks : (long)period!;
                rows.AddRange(names.Select((name, step) => (object?[])[DynamicValue.To(time.Type, timeline.Starts[window.Key]), DynamicValue.Text(name), period, (long)users.Count(user => user[step] <= ticks)]));
            }
        }

        return PluginCall.Table([(time.Name, time.Type), (state.Name, KqlType.String), ("Period", length), ("dcount", KqlType.Long)], rows);
    }

    /// <summary>For each step the shortest time from a first step in which a user came to it; null where never.</summary>
    private static Int128?[] Shortest(IEnumerable<UserEvent> events, int[] steps)
    {
        // The latest first step from which each step was reached: no other can make a shorter way.
        var latest = new long?[steps.Length];
        var shortest = new Int128?[steps.Length];
        foreach (var (time, _, state) in events)
        {
            // From the last step to the first, as one event is one step.
            for (var step = steps.Length - 1; step >= 0; step--)
            {
                if (state != steps[step] || (step > 0 ? latest[step - 1] : time) is not { } start) continue;
                latest[step] = start;
                if (shortest[step] is not { } known || (Int128)time - start < known) shortest[step] = (Int128)time - start;
            }
        }

        return shortest;
    }
}
