using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>project</c>, and what other operators make of columns: a column for each expression, or one passed on.</summary>
internal sealed class Project(PlanNode input, IReadOnlyList<(ColumnSymbol Column, BoundExpression Expression)> items)
    : PlanNode(new RowSchema(items.Select(item => item.Column)))
{
    private readonly bool _isWindow = items.Any(item => item.Expression.IsWindow);

    public override bool IsSerialized => input.IsSerialized;

    public override bool IsGrouped => !_isWindow && input.IsGrouped;

    public override long? EstimatedRows => input.EstimatedRows;

    public static PlanNode Bind(ProjectSyntax syntax, PlanNode input, Binder binder)
    {
        var items = ProjectItems.Bind(syntax.Items, input, binder, "Column", countsAll: false);
        RequireDifferentNames(items, syntax.Span);
        RequireOrder(items, input, syntax.Span);
        return new Project(input, items);
    }

    /// <summary>Some columns of a plan as they are.</summary>
    public static PlanNode Only(PlanNode input, IEnumerable<ColumnSymbol> columns) => new Project(input, [.. columns.Select(column => (column, (BoundExpression)new ColumnExpression(column)))]);

    /// <summary>An error where two columns have one name.</summary>
    public static void RequireDifferentNames(IEnumerable<(ColumnSymbol Column, BoundExpression Expression)> items, TextSpan span)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in items)
            if (!names.Add(item.Column.Name)) throw BindFailure.Semantic("SEM0201", $"The column '{item.Column.Name}' is there twice: give one of them another name", span);
    }

    /// <summary>An error where an expression reads other rows and the input has no order.</summary>
    public static void RequireOrder(IEnumerable<(ColumnSymbol Column, BoundExpression Expression)> items, PlanNode input, TextSpan span)
    {
        if (!input.IsSerialized && items.Any(item => item.Expression.IsWindow))
            throw BindFailure.Semantic("SEM0230", "Window functions such as prev() and row_number() need rows in order: put 'sort by …' or 'serialize' before", span);
    }

    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed)
    {
        var kept = items.Where(item => needed.Contains(item.Column)).ToList();
        return new Project(input.Prune(ColumnsOf(kept.Select(item => item.Expression))), kept);
    }

    public override PlanNode Filter(BoundExpression predicate)
    {
        // What reads only columns that are passed on may be asked before; not where other rows are read.
        var sources = items.Where(item => item.Expression is ColumnExpression).ToDictionary(item => item.Column, item => item.Expression);
        if (_isWindow || predicate.IsWindow || !predicate.IsDeterministic || !predicate.ReadColumns().All(sources.ContainsKey)) return base.Filter(predicate);
        return new Project(input.Filter(predicate.Replace(column => sources[column])), items);
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context)
    {
        if (!_isWindow) return Parts.Each(input.Open(context), batch => Apply(batch, context));
        var whole = input.Whole(context);
        // Where no expression reads far, a batch and the rows around it are enough for it.
        return BoundExpression.Reaching(items.Select(item => item.Expression)) is { } reach && reach.Before + reach.Behind <= Batch.Size
            ? Parts.Split(whole, context, (start, count) => Apply(whole, start, count, reach, context))
            : Parts.Split(Apply(whole, context), context);
    }

    // Columns that are passed on need no more work than the input's.
    public override Batch Whole(QueryContext context) => items.All(item => item.Expression is ColumnExpression) ? Apply(input.Whole(context), context) : base.Whole(context);

    private Batch Apply(Batch batch, QueryContext context)
    {
        // Columns that are passed on stay ungathered until somebody reads them.
        return Batch.Lazy(Schema, batch.RowCount, place => items[place].Expression.Evaluate(batch, context));
    }

    private Batch Apply(Batch whole, int start, int count, Reach reach, QueryContext context)
    {
        var first = (int)Math.Max(0, start - reach.Before);
        var near = whole.Slice(first, (int)Math.Min(whole.RowCount, start + count + reach.Behind) - first);
        return Batch.Lazy(Schema, count, place => items[place].Expression.Evaluate(near, context).Slice(start - first, count));
    }
}
