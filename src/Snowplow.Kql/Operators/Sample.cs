using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>sample</c>: rows by chance, in their order; <c>sample-distinct</c>: different values of a column, the first ones.</summary>
internal sealed class Sample(PlanNode input, int count) : PlanNode(input.Schema)
{
    public static PlanNode Bind(SampleSyntax syntax, PlanNode input, Binder binder)
    {
        binder.Context.RandomExpressions++;
        return new Sample(input, (int)Math.Min(int.MaxValue, Take.Number(syntax.Count, binder)));
    }

    public static PlanNode Bind(SampleDistinctSyntax syntax, PlanNode input, Binder binder) =>
        new Take(Distinct.Bind(new DistinctSyntax(syntax.Span, [syntax.Of]), input, binder), Take.Number(syntax.Count, binder));

    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed) => new Sample(input.Prune(needed), count);

    public override PlanNode Filter(BoundExpression predicate) => new Where(this, predicate);

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context)
    {
        var whole = input.Whole(context);
        var rows = Enumerable.Range(0, whole.RowCount).ToArray();
        if (rows.Length > count)
        {
            Random.Shared.Shuffle(rows);
            rows = [.. rows.Take(count).Order()];
        }

        return Parts.Split(whole.Select(rows), context);
    }
}
