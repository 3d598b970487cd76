using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Functions;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>
/// <c>activity_engagement(Id, T, Start, End, Inner, Outer, dimensions)</c>: users of each inner window over those of the outer one, which ends with it and
/// may begin before Start. Without Start and End the bins of all rows are taken.
/// </summary>
internal static class ActivityEngagement
{
    private static readonly (string Name, KqlType Type)[] Measures =
        [("dcount_activities_inner", KqlType.Long), ("dcount_activities_outer", KqlType.Long), ("activity_ratio", KqlType.Real)];

    public static PlanNode Bind(PluginCall call)
    {
        var (id, time) = (call.Column(0), call.Column(1));
        var isWhole = call.Arguments.Count == 4;
        var lengths = isWhole ? 2 : 4;
        var dimensions = call.Columns(6);
        var (inner, outer) = (call.Length(lengths, time), call.Length(lengths + 1, time));
        if (inner <= 0 || outer < inner) throw BindFailure.Semantic("SEM0219", "The inner window must be longer than zero, and the outer one no shorter", call.Span);
        var given = isWhole ? null : Timeline.Between(call, call.Ticks(2, time.Type), call.Ticks(3, time.Type), inner);
        var from = given is null ? long.MinValue : (long)Int128.Max((Int128)given.Start + inner - outer, long.MinValue);
        var events = UserEvents.Read(call, id, time, from, given?.End ?? long.MaxValue, dimensions);
        var rows = new List<object?[]>();
        foreach (var slice in events.Slices)
        {
            var timeline = given ?? Timeline.Between(call, Bins.Down(slice.Events[0].Time, inner)!.Value, slice.Events[^1].Time, inner);
            var (innerUsers, outerUsers) = (new MovingUsers(slice.Events), new MovingUsers(slice.Events));
            for (var k = 0; k < timeline.Starts.Length; k++)
            {
                var end = (Int128)timeline.Starts[k] + inner;
                innerUsers.MoveTo(timeline.Starts[k], end);
                outerUsers.MoveTo(end - outer, end);
                if (outerUsers.UserCount == 0) continue;
                rows.Add([DynamicValue.To(time.Type, timeline.Starts[k]), .. slice.Dimensions, (long)innerUsers.UserCount, (long)outerUsers.UserCount, (double)innerUsers.UserCount / outerUsers.UserCount]);
            }
        }

        return PluginCall.Table(time, dimensions, Measures, rows);
    }
}
