using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators.Plugins;

/// <summary>
/// <c>sequence_detect(T, MaxStep, MaxSpan, e1 = .., e2 = .., dimensions)</c>: for each value of the dimensions all ways through the times at which the
/// conditions held, one later than the other; each way once.
/// </summary>
internal static class SequenceDetect
{
    public static PlanNode Bind(PluginCall call)
    {
        var time = call.Column(0);
        var (longestStep, longest) = (call.Length(1, time), call.Length(2, time));
        var steps = new List<(string Name, BoundExpression Condition)>();
        var place = 3;
        for (; place < call.Arguments.Count; place++)
        {
            var syntax = call.Arguments[place] is NamedSyntax named ? named.Expression : call.Arguments[place];
            if (call.Binder.Scalar(syntax, call.Input).Type != KqlType.Bool) break;
            steps.Add((ColumnNames.Of(call.Arguments[place], call.Input.Schema) ?? $"Column{steps.Count + 1}", call.Binder.Predicate(syntax, call.Input)));
        }

        if (steps.Count == 0) throw BindFailure.Semantic("SEM0219", "sequence_detect needs a condition for each step behind MaxStep and MaxSpan", call.Span);
        var dimensions = call.Columns(place);
        var rows = new List<object?[]>();
        foreach (var (values, times) in Times(call, time, steps, dimensions)) Follow(values, times, [], longestStep, longest, time, call.Binder.Context, rows);
        return PluginCall.Table(
            [.. dimensions.Select(dimension => (dimension.Name, dimension.Type)), .. steps.Select(step => ($"{step.Name}_{time.Name}", time.Type)), ("Duration", PluginCall.LengthType(time))],
            rows);
    }

    /// <summary>For each value of the dimensions, in order of first appearance, the times of each step.</summary>
    private static IEnumerable<(object?[] Values, SortedSet<long>[] Times)> Times(PluginCall call, ColumnSymbol time, List<(string Name, BoundExpression Condition)> steps, IReadOnlyList<ColumnSymbol> dimensions)
    {
        var read = steps.SelectMany(step => step.Condition.ReadColumns()).Append(time).Concat(dimensions).ToHashSet();
        var rows = call.Binder.Run(call.Input.Prune(read));
        if (rows[time] is not ValueColumn<long> times) throw BindFailure.Semantic("SEM0219", "The timeline of sequence_detect must be a datetime, timespan or long", call.Span);
        var holds = steps.Select(step => (ValueColumn<bool>)step.Condition.Evaluate(rows, call.Binder.Context)).ToList();
        var groups = new OrderedDictionary<string, (object?[] Values, SortedSet<long>[] Times)>(StringComparer.Ordinal);
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (times.IsNull(row)) continue;
            object?[] values = [.. dimensions.Select(dimension => rows[dimension].Box(row))];
            var key = DynamicJson.Text(Array.ConvertAll(values, DynamicValue.Of));
            if (!groups.TryGetValue(key, out var group)) groups.Add(key, group = (values, [.. steps.Select(_ => new SortedSet<long>())]));
            for (var step = 0; step < steps.Count; step++)
                if (!holds[step].IsNull(row) && holds[step][row]) group.Times[step].Add(times[row]);
        }

        return groups.Values;
    }

    private static void Follow(object?[] values, SortedSet<long>[] times, long[] way, long longestStep, long longest, ColumnSymbol time, QueryContext context, List<object?[]> rows)
    {
        if (way.Length == times.Length)
        {
            context.Reserve(100 + (50L * way.Length));
            rows.Add([.. values, .. way.Select(at => DynamicValue.To(time.Type, at)), DynamicValue.To(PluginCall.LengthType(time), way[^1] - way[0])]);
            return;
        }

        var step = times[way.Length];
        if (way.Length > 0 && (way[^1] == long.MaxValue || step.Count == 0 || step.Max <= way[^1])) return;
        foreach (var at in way.Length == 0 ? step : step.GetViewBetween(way[^1] + 1, step.Max))
        {
            if (way.Length > 0 && ((Int128)at - way[^1] > longestStep || (Int128)at - way[0] > longest)) break;
            context.Cancellation.ThrowIfCancellationRequested();
            Follow(values, times, [.. way, at], longestStep, longest, time, context, rows);
        }
    }
}
