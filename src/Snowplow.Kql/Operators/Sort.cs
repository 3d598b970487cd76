using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Execution.Sorting;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>sort</c>: descending unless it says otherwise, nulls at the small end.</summary>
internal sealed class Sort(PlanNode input, IReadOnlyList<(BoundExpression Expression, SortKey Key)> keys) : PlanNode(input.Schema)
{
    /// <summary>The rows that are put in order.</summary>
    public PlanNode Input => input;

    /// <summary>What they are put in order by.</summary>
    public IReadOnlyList<(BoundExpression Expression, SortKey Key)> Keys => keys;

    public override bool IsSerialized => true;

    public override long? EstimatedRows => input.EstimatedRows;

    public static PlanNode Bind(SortSyntax syntax, PlanNode input, Binder binder) => new Sort(input, [.. syntax.Keys.Select(key => Key(key, input, binder))]);

    /// <summary>A key with its order.</summary>
    public static (BoundExpression Expression, SortKey Key) Key(OrderedSyntax syntax, PlanNode input, Binder binder)
    {
        var bound = binder.Scalar(syntax.Expression, input);
        if (bound.Type == KqlType.Dynamic) throw BindFailure.Semantic("SEM0122", "A dynamic value has no order: put tostring(), tolong() or another of the to-functions around it", syntax.Span);
        var isAscending = syntax.IsAscending ?? false;
        return (bound, new SortKey(isAscending, syntax.NullsFirst ?? isAscending));
    }

    /// <summary>The rows of a batch in order.</summary>
    public static int[] Order(Batch whole, IReadOnlyList<(BoundExpression Expression, SortKey Key)> keys, QueryContext context) =>
        RowOrder.Of([.. keys.Select(key => key.Expression.Evaluate(whole, context))], [.. keys.Select(key => key.Key)], whole.RowCount, context);

    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed) => new Sort(input.Prune(ColumnsOf(keys.Select(key => key.Expression)).Union(needed).ToHashSet()), keys);

    public override PlanNode Filter(BoundExpression predicate) => predicate.IsWindow || !predicate.IsDeterministic ? base.Filter(predicate) : new Sort(input.Filter(predicate), keys);

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context) => Parts.Split(Whole(context), context);

    // The rows stay where they are: whoever reads some of them in order gathers those.
    public override Batch Whole(QueryContext context)
    {
        var rows = input.Whole(context);
        context.Reserve(sizeof(int) * (long)rows.RowCount);
        return rows.Select(Order(rows, keys, context));
    }
}
