using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary><c>session_count(Id, T, Start, End, Bin, LookBack)</c>: an event begins a session where its id was not seen within LookBack before it.</summary>
internal static class SessionCount
{
    public static PlanNode Bind(PluginCall call)
    {
        if (call.Arguments.Count > 6) throw BindFailure.NotSupported("session_count with dimensions", call.Span);
        var id = call.Column(0);
        var time = call.Column(1);
        var spanType = time.Type == KqlType.DateTime ? KqlType.TimeSpan : time.Type;
        var (start, end, bin, lookback) = (call.Ticks(2, time.Type), call.Ticks(3, time.Type), call.Ticks(4, spanType), call.Ticks(5, spanType));
        if (bin <= 0) throw BindFailure.Semantic("SEM0219", "The bin must be positive", call.Span);
        var last = new Dictionary<int, long>();
        var counts = new SortedDictionary<long, long>();
        foreach (var (at, who) in call.Events(id, time, start, end))
        {
            if (!last.TryGetValue(who, out var before) || at - before > lookback) counts[Bins.Down(at, bin)!.Value] = counts.GetValueOrDefault(Bins.Down(at, bin)!.Value) + 1;
            last[who] = at;
        }

        return PluginCall.Table([(time.Name, time.Type), ("count_sessions", KqlType.Long)], [.. counts.Select(pair => new[] { DynamicValue.To(time.Type, pair.Key), pair.Value })]);
    }
}
