using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>
/// <c>session_count(Id, T, Start, End, Bin, LookBack, dimensions)</c>: an event begins a session where its id was not seen within LookBack before it.
/// </summary>
internal static class SessionCount
{
    public static PlanNode Bind(PluginCall call)
    {
        var (id, time, dimensions) = (call.Column(0), call.Column(1), call.Columns(6));
        var (start, end, bin, lookback) = (call.Ticks(2, time.Type), call.Ticks(3, time.Type), call.Length(4, time), call.Length(5, time));
        if (bin <= 0) throw BindFailure.Semantic("SEM0219", "The bin must be positive", call.Span);
        var rows = new List<object?[]>();
        foreach (var slice in UserEvents.Read(call, id, time, start, end, dimensions).Slices)
        {
            var last = new Dictionary<int, long>();
            var counts = new SortedDictionary<long, long>();
            foreach (var (at, user, _) in slice.Events)
            {
                if (!last.TryGetValue(user, out var before) || at - before > lookback) counts[Bins.Down(at, bin)!.Value] = counts.GetValueOrDefault(Bins.Down(at, bin)!.Value) + 1;
                last[user] = at;
            }

            rows.AddRange(counts.Select(pair => (object?[])[DynamicValue.To(time.Type, pair.Key), .. slice.Dimensions, pair.Value]));
        }

        return PluginCall.Table(time, dimensions, [("count_sessions", KqlType.Long)], rows);
    }
}
