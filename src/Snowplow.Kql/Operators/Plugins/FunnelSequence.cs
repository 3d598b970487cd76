using Snowplow.Kql.Data;
using Snowplow.Kql.Plan;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>
/// <c>funnel_sequence(Id, T, Start, End, MaxStep, Step, State, Sequence)</c>: the states before and behind a sequence of states. A user's states in order of
/// time, repeated ones taken once, are a path; the sequence must be in it without a gap, and no step may take longer than MaxStep. Three tables, of which the
/// first is the input of operators behind it; all three are results where there are none.
/// </summary>
internal static class FunnelSequence
{
    private const int MaxSamples = 128;
    private const int None = -1;

    public static PlanNode Bind(PluginCall call)
    {
        var (id, time, state) = (call.Column(0), call.Column(1), call.Column(6));
        var timeline = Timeline.Between(call, call.Ticks(2, time.Type), call.Ticks(3, time.Type), call.Window(5, time));
        var longest = call.Length(4, time);
        var names = FunnelStates.Names(call, 7);
        var events = UserEvents.Read(call, id, time, timeline.Start, timeline.End, null, state);
        var steps = FunnelStates.Codes(names, state, events.States);
        var found = new List<(int Window, int Previous, int Next, int User)>();
        foreach (var user in events.Slices.SelectMany(slice => slice.Events).GroupBy(item => item.User)) Find(Path(user), user.Key, steps, longest, timeline, found);
        (string, KqlType) previous = ("prev", state.Type), next = ("next", state.Type);
        var first = Counted([previous, next], found.Select(way => (way.Window, new[] { way.Previous, way.Next }, way.User)));
        call.Binder.Forked =
        [
            ("prev_next", first),
            ("prev", Counted([previous], found.Select(way => (way.Window, new[] { way.Previous }, way.User)))),
            ("next", Counted([next], found.Select(way => (way.Window, new[] { way.Next }, way.User)))),
        ];
        return first;

        PlanNode Counted((string, KqlType)[] sides, IEnumerable<(int Window, int[] Sides, int User)> ways)
        {
            var rows = ways.GroupBy(way => (way.Window, way.Sides[0], way.Sides[^1])).OrderBy(group => group.Key.Window).Select(group =>
            {
                var users = group.Select(way => way.User).Distinct().ToList();
                var samples = events.Users.Values([.. users.Take(MaxSamples)]);
                return (object?[])[DynamicValue.To(time.Type, timeline.Starts[group.Key.Window]), .. group.First().Sides.Select(StateOf), (long)users.Count,
                    Enumerable.Range(0, samples.Length).Select(i => DynamicValue.Of(samples.Box(i))).ToArray()];
            }).ToList();
            return PluginCall.Table([(time.Name, time.Type), .. sides, ("dcount", KqlType.Long), ("samples", KqlType.Dynamic)], rows);
        }

        object? StateOf(int code) => code == None ? DynamicValue.To(state.Type, null) : events.States.Values([code]).Box(0);
    }

    /// <summary>A user's states, each with the times of its first and last event.</summary>
    private static List<(int State, long First, long Last)> Path(IEnumerable<UserEvent> events)
    {
        var path = new List<(int State, long First, long Last)>();
        foreach (var (time, _, state) in events)
        {
            if (path.Count > 0 && path[^1].State == state) path[^1] = (state, path[^1].First, time);
            else path.Add((state, time, time));
        }

        return path;
    }

    private static void Find(List<(int State, long First, long Last)> path, int user, int[] steps, long longest, Timeline timeline, List<(int Window, int Previous, int Next, int User)> found)
    {
        for (var at = 0; at + steps.Length <= path.Count; at++)
        {
            if (!Enumerable.Range(0, steps.Length).All(i => path[at + i].State == steps[i] && (i == 0 || IsStep(at + i)))) continue;
            var behind = at + steps.Length;
            found.Add((timeline.WindowOf(path[at].First), IsStep(at) ? path[at - 1].State : None, IsStep(behind) ? path[behind].State : None, user));
        }

        bool IsStep(int to) => to > 0 && to < path.Count && (Int128)path[to].First - path[to - 1].Last <= longest;
    }
}
