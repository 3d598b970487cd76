using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>
/// <c>active_users_count(Id, T, Start, End, Lookback, Period, ActivePeriods, Bin, dimensions)</c>: users of a bin who, at an event in it, had events in at
/// least so many different periods of the lookback, which ends with that event and may begin before Start. Periods lie side by side from Start.
/// </summary>
internal static class ActiveUsersCount
{
    public static PlanNode Bind(PluginCall call)
    {
        var (id, time, dimensions) = (call.Column(0), call.Column(1), call.Columns(8));
        var timeline = Timeline.Between(call, call.Ticks(2, time.Type), call.Ticks(3, time.Type), call.Window(7, time));
        var (lookback, period, least) = (call.Length(4, time), call.Length(5, time), call.Ticks(6, KqlType.Long));
        if (lookback <= 0 || period <= 0) throw BindFailure.Semantic("SEM0219", "The lookback and the period must be longer than zero", call.Span);
        var rows = new List<object?[]>();
        foreach (var slice in UserEvents.Read(call, id, time, (long)Int128.Max((Int128)timeline.Start - lookback + 1, long.MinValue), timeline.End, dimensions).Slices)
        {
            var active = new SortedDictionary<int, long>();
            foreach (var user in slice.Events.GroupBy(item => item.User))
                foreach (var window in ActiveWindows([.. user.Select(item => item.Time)], timeline, lookback, period, least).Distinct())
                    active[window] = active.GetValueOrDefault(window) + 1;
            rows.AddRange(active.Select(pair => (object?[])[DynamicValue.To(time.Type, timeline.Starts[pair.Key]), .. slice.Dimensions, pair.Value]));
        }

        return PluginCall.Table(time, dimensions, [("dcount", KqlType.Long)], rows);
    }

    private static IEnumerable<int> ActiveWindows(long[] times, Timeline timeline, long lookback, long period, long least)
    {
        // Events in each period of the lookback of the event at hand.
        var perPeriod = new Dictionary<Int128, int>();
        var first = 0;
        foreach (var time in times)
        {
            perPeriod[PeriodOf(time)] = perPeriod.GetValueOrDefault(PeriodOf(time)) + 1;
            for (; times[first] <= (Int128)time - lookback; first++)
                if (--perPeriod[PeriodOf(times[first])] == 0) perPeriod.Remove(PeriodOf(times[first]));
            if (perPeriod.Count >= least && timeline.WindowOf(time) is var window and >= 0) yield return window;
        }

        Int128 PeriodOf(long time)
        {
            var distance = (Int128)time - timeline.Start;
            return distance >= 0 ? distance / period : ((distance + 1) / period) - 1;
        }
    }
}
