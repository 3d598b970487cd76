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
/// it, or it itself, has a state and its condition is true; the first step always may begin. A step that moves on empties the one before it.
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
            step.Output is "all" or "none" ? step.Output : throw BindFailure.NotSupported($"output={step.Output} of a step of scan", step.Span),
            expressions.Condition(step.Condition),
            [.. step.Assignments.Select(assignment => Assignment(assignment, declared, expressions))])).ToList();
        var output = input.Schema.Concat(declared).Concat(matchId is null ? [] : [matchId]);
        return new ScanSteps(input, new RowSchema(output), declared, initial, steps, evaluated, matchId);
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context)
    {
        var whole = Parts.Whole(input.Schema, input.Open(context), context);
        var output = Schema.Select(_ => new List<object?>()).ToArray();
        var states = new State?[steps.Count];
        var matches = 0L;
        for (var row = 0; row < whole.RowCount; row++)
        {
            if ((row & 255) == 0) context.Cancellation.ThrowIfCancellationRequested();
            object?[] values = [.. Enumerable.Range(0, input.Schema.Count).Select(i => whole[i].Box(row))];
            for (var k = steps.Count - 1; k >= 0; k--)
            {
                // The state that the row would go on from: the step's before, else its own; the first step may begin anew.
                var isMove = k > 0 && states[k - 1] is not null && IsTrue(k, values, states, states[k - 1]!, context);
                var isStay = !isMove && states[k] is not null && IsTrue(k, values, states, states[k]!, context);
                var isStart = !isMove && !isStay && k == 0 && IsTrue(0, values, states, Empty(matches), context);
                if (!isMove && !isStay && !isStart) continue;
                var from = isMove ? states[k - 1]! : isStay ? states[k]! : Empty(matches);
                if (isStart) matches++;
                states[k] = Next(k, values, states, from, context);
                if (isMove) states[k - 1] = null;
                if (steps[k].Output == "all") Emit(output, values, states[k]!);
            }
        }

        return Parts.Split(new Batch(Schema, [.. Schema.Select((column, i) => Columns.Of(column.Type, output[i]))], output[0].Count), context);
    }

    private static (int, BoundExpression) Assignment(NamedSyntax assignment, ColumnSymbol[] declared, ExpressionBinder expressions)
    {
        var place = Array.FindIndex(declared, column => column.Name == assignment.Names[0]);
        if (place < 0) throw BindFailure.Semantic("SEM0100", $"'{assignment.Names[0]}' is no column that scan declares", assignment.Span);
        return (place, Functions.Core.Conversions.To(expressions.Bind(assignment.Expression), declared[place].Type));
    }

    private State Empty(long match) => new(null, initial, match);

    private void Emit(List<object?>[] output, object?[] values, State state)
    {
        object?[] row = [.. values, .. state.Declared, .. matchId is null ? Array.Empty<object?>() : [state.Match]];
        for (var i = 0; i < row.Length; i++) output[i].Add(row[i]);
    }

    private bool IsTrue(int step, object?[] values, State?[] states, State from, QueryContext context) =>
        steps[step].Condition.Evaluate(RowOf(values, from.Declared, states), context).Box(0) is true;

    private State Next(int step, object?[] values, State?[] states, State from, QueryContext context)
    {
        var next = (object?[])from.Declared.Clone();
        foreach (var (column, expression) in steps[step].Assignments) next[column] = expression.Evaluate(RowOf(values, next, states), context).Box(0);
        return new State(values, next, from.Match);
    }

    private Batch RowOf(object?[] values, object?[] own, State?[] states)
    {
        var perState = input.Schema.Count + declared.Count;
        return Batch.Lazy(evaluated, 1, place =>
        {
            var type = evaluated[place].Type;
            if (place < values.Length) return Columns.Constant(type, values[place], 1);
            if (place < perState) return Columns.Constant(type, own[place - values.Length], 1);
            var state = states[(place / perState) - 1];
            var within = place % perState;
            // The declared columns of a step without a state have their defaults.
            return Columns.Constant(type, within < values.Length ? state?.Row?[within] : (state?.Declared ?? initial)[within - values.Length], 1);
        });
    }

    private sealed record State(object?[]? Row, object?[] Declared, long Match);
}
