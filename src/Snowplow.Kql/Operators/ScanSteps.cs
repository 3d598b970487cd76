using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary>A step of scan, bound.</summary>
internal sealed record ScanStep(string Output, BoundExpression Condition, IReadOnlyList<(int Column, BoundExpression Expression)> Assignments);

/// <summary>
/// <c>scan</c>: rows in order go through steps. For each row the steps are tried from the last to the first: a step takes the row where the step before
/// it, or it itself, has a state and its condition is true; the first step always may begin. A step that takes the row of the one before it takes its
/// state too, with the latest rows of all steps before, and empties it. A step with
/// <c>output=last</c> gives the last row of a run when the run ends: when it moves on, when another takes its place, or behind the last row.
/// </summary>
internal sealed class ScanSteps(
    PlanNode input, RowSchema schema, IReadOnlyList<ColumnSymbol> declared, object?[] initial, IReadOnlyList<ScanStep> steps, RowSchema evaluated, ColumnSymbol? matchId)
    : PlanNode(schema)
{
    public override bool IsSerialized => true;

    public static PlanNode Bind(ScanSyntax syntax, PlanNode input, Binder binder)
    {
        if (!input.IsSerialized) throw BindFailure.Semantic("SEM0230", "'scan' needs rows in order: put 'sort by …' or 'serialize' before", syntax.Span);
        if (syntax.Steps.FirstOrDefault(step => step.IsOptional) is { } optional) throw BindFailure.NotSupported("optional steps of scan", optional.Span);
        ColumnSymbol[] declared = [.. syntax.Columns.Select(column => new ColumnSymbol(column.Name, column.Type))];
        object?[] initial = [.. syntax.Columns.Select(column => column.Default is { } value ? binder.Constant(value, column.Type) : column.Type == KqlType.String ? "" : null)];
        var matchId = syntax.Parameters.FirstOrDefault(parameter => parameter.Name == "with_match_id")?.Value is NameSyntax name ? new ColumnSymbol(name.Name, KqlType.Long) : null;
        // An expression sees the row, the declared columns of its own step, and for each step the input's and the declared columns of its state.
        var states = syntax.Steps.Select(step => input.Schema.Concat(declared).Select(column => new ColumnSymbol($"{step.Name}.{column.Name}", column.Type)).ToArray()).ToArray();
        var evaluated = new RowSchema(input.Schema.Concat(declared).Concat(states.SelectMany(state => state)));
        var expressions = new ExpressionBinder(binder, new RowSchema(input.Schema.Concat(declared)))
        {
            Members = (owner, member) =>
            {
                var step = syntax.Steps.ToList().FindIndex(step => step.Name == owner);
                return step < 0 ? null : Array.Find(states[step], column => column.Name == $"{owner}.{member}") is { } column ? new ColumnExpression(column) : null;
            },
        };
        var steps = syntax.Steps.Select(step => new ScanStep(
            step.Output is "all" or "last" or "none" ? step.Output : throw BindFailure.Semantic("SEM0117", $"'{step.Output}' is no output of a step of scan: expected all, last or none", step.Span),
            expressions.Condition(step.Condition),
            [.. step.Assignments.Select(assignment => Assignment(assignment, declared, expressions))])).ToList();
        var output = input.Schema.Concat(declared).Concat(matchId is null ? [] : [matchId]);
        return new ScanSteps(input, new RowSchema(output), declared, initial, steps, evaluated, matchId);
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context)
    {
        var whole = input.Whole(context);
        var output = Schema.Select(_ => new List<object?>()).ToArray();
        var states = new State?[steps.Count];
        var matches = 0L;
        for (var row = 0; row < whole.RowCount; row++)
        {
            if ((row & 255) == 0) context.Cancellation.ThrowIfCancellationRequested();
            object?[] values = [.. Enumerable.Range(0, input.Schema.Count).Select(i => whole[i].Box(row))];
            for (var k = steps.Count - 1; k >= 0; k--)
            {
                // The state that the row would go on from: that of the step before, else the step's own; the first step may begin anew.
                var isMove = k > 0 && states[k - 1] is { } before && IsTrue(k, values, before, context);
                var from = isMove ? states[k - 1] : states[k] ?? (k == 0 ? new State(matches, []) : null);
                if (from is null || (!isMove && !IsTrue(k, values, from, context))) continue;
                if (k == 0 && states[0] is null) matches++;
                if (isMove)
                {
                    EmitLast(k - 1);
                    EmitLast(k);
                    states[k - 1] = null;
                }

                states[k] = Next(k, values, from, context);
                if (steps[k].Output == "all") Emit(output, states[k]!);
            }
        }

        for (var k = 0; k < steps.Count; k++) EmitLast(k);
        return Parts.Split(new Batch(Schema, [.. Schema.Select((column, i) => Columns.Of(column.Type, output[i]))], output[0].Count), context);

        void EmitLast(int step)
        {
            if (steps[step].Output == "last" && states[step] is { } state) Emit(output, state);
        }
    }

    private static (int, BoundExpression) Assignment(NamedSyntax assignment, ColumnSymbol[] declared, ExpressionBinder expressions)
    {
        var place = Array.FindIndex(declared, column => column.Name == assignment.Names[0]);
        if (place < 0) throw BindFailure.Semantic("SEM0100", $"'{assignment.Names[0]}' is no column that scan declares", assignment.Span);
        return (place, Functions.Core.Conversions.To(expressions.Bind(assignment.Expression), declared[place].Type));
    }

    private void Emit(List<object?>[] output, State state)
    {
        object?[] row = [.. state.Steps[^1], .. matchId is null ? Array.Empty<object?>() : [state.Match]];
        for (var i = 0; i < row.Length; i++) output[i].Add(row[i]);
    }

    private bool IsTrue(int step, object?[] values, State from, QueryContext context) =>
        steps[step].Condition.Evaluate(RowOf(values, Own(step, from), from), context).Box(0) is true;

    // The state with the row as the step's latest: what the step does not assign has its default.
    private State Next(int step, object?[] values, State from, QueryContext context)
    {
        var next = (object?[])initial.Clone();
        var own = Own(step, from);
        foreach (var (column, expression) in steps[step].Assignments)
        {
            next[column] = expression.Evaluate(RowOf(values, own, from), context).Box(0);
            own = [.. own.Select((value, i) => i == column ? next[i] : value)];
        }

        return new State(from.Match, [.. from.Steps.Take(step), [.. values, .. next]]);
    }

    // The declared columns that the step has now.
    private object?[] Own(int step, State from) => step < from.Steps.Count ? from.Steps[step][input.Schema.Count..] : initial;

    private Batch RowOf(object?[] values, object?[] own, State from)
    {
        var perState = input.Schema.Count + declared.Count;
        return Batch.Lazy(evaluated, 1, place =>
        {
            var type = evaluated[place].Type;
            if (place < values.Length) return Columns.Constant(type, values[place], 1);
            if (place < perState) return Columns.Constant(type, own[place - values.Length], 1);
            var (step, within) = ((place / perState) - 1, place % perState);
            if (step < from.Steps.Count) return Columns.Constant(type, from.Steps[step][within], 1);
            // The declared columns of a step without a state have their defaults.
            return Columns.Constant(type, within >= values.Length ? initial[within - values.Length] : type == KqlType.String ? "" : null, 1);
        });
    }

    // The latest rows of the first steps of a sequence, each with the declared columns behind it.
    private sealed record State(long Match, IReadOnlyList<object?[]> Steps);
}
