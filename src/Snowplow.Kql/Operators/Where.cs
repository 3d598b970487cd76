using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>where</c>: the rows for which a predicate is true; not those for which it is null.</summary>
internal sealed class Where(PlanNode input, BoundExpression predicate) : PlanNode(input.Schema)
{
    private readonly BoundExpression[] _conditions = [.. Conditions(predicate)];

    public override bool IsSerialized => input.IsSerialized;

    public override bool IsGrouped => input.IsGrouped;

    public override long? EstimatedRows => input.EstimatedRows / 3;

    public static PlanNode Bind(WhereSyntax syntax, PlanNode input, Binder binder)
    {
        var predicate = binder.Predicate(syntax.Predicate, input);
        // A predicate that reads other rows wants all of them, and is a column of its own first.
        if (!predicate.IsWindow) return Conditions(predicate).Aggregate(input, (plan, condition) => condition is ConstantExpression { Value: true } ? plan : plan.Filter(condition));
        var symbol = new ColumnSymbol("predicate", KqlType.Bool);
        var extended = new Project(input, [.. input.Schema.Select(column => (column, (BoundExpression)new ColumnExpression(column))), (symbol, predicate)]);
        return Project.Only(new Where(extended, new ColumnExpression(symbol)), input.Schema);
    }

    /// <summary>The conditions that are joined by <c>and</c>.</summary>
    public static IEnumerable<BoundExpression> Conditions(BoundExpression predicate) =>
        predicate is LogicalExpression { IsAnd: true } all ? all.Operands.SelectMany(Conditions) : [predicate];

    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed) => new Where(input.Prune(ColumnsOf(_conditions).Union(needed).ToHashSet()), predicate);

    public override PlanNode Filter(BoundExpression further)
    {
        var pushed = input.Filter(further);
        // Where the input keeps the filter on top, both are one.
        return pushed is Where above && above.Input == input ? new Where(input, new LogicalExpression(true, [.. _conditions, further])) : new Where(pushed, predicate);
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context) =>
        [.. input.Open(context).Select(part => part.Select(batch => Narrowed(batch, context)).Where(batch => batch.RowCount > 0))];

    private PlanNode Input => input;

    private Batch Narrowed(Batch batch, QueryContext context)
    {
        foreach (var condition in _conditions)
        {
            if (batch.RowCount == 0) break;
            var column = (ValueColumn<bool>)condition.Evaluate(batch, context);
            if (column.IsConstant)
            {
                if (column.IsNull(0) || !column[0]) batch = batch.Select([]);
                continue;
            }

            var rows = Selected(column);
            if (rows.Length < batch.RowCount) batch = batch.Select(rows);
        }

        return batch;
    }

    private static int[] Selected(ValueColumn<bool> column)
    {
        var values = column.Values;
        if (column.Valid is not null)
        {
            var valid = new bool[values.Length];
            for (var i = 0; i < valid.Length; i++) valid[i] = values[i] && !column.IsNull(i);
            values = valid;
        }

        var rows = GC.AllocateUninitializedArray<int>(values.Count(true));
        // Without a branch, which no processor would guess: what is written for a row that does not count is written over.
        for (int i = 0, count = 0; count < rows.Length; i++)
        {
            rows[count] = i;
            count += values[i] ? 1 : 0;
        }

        return rows;
    }
}
