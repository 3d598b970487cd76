using Snowplow.Kql.Binding;
using Snowplow.Kql.Binding.Expressions;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Execution.Grouping;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>partition</c>: runs operators over the rows of each value of a column, one after the other.</summary>
internal sealed class Partition(PlanNode input, BoundExpression key, SettableSource source, PlanNode body) : PlanNode(body.Schema)
{
    public static PlanNode Bind(PartitionSyntax syntax, PlanNode input, Binder binder)
    {
        var key = binder.Scalar(syntax.By, input);
        if (key.Type == KqlType.Dynamic) throw BindFailure.Semantic("SEM0121", "A dynamic value is no key of partition: put tostring() or another of the to-functions around it", syntax.By.Span);
        var source = new SettableSource(input.Schema);
        return new Partition(input, key, source, binder.BindOperators(source, syntax.Body));
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context) => [Rows(context)];

    private IEnumerable<Batch> Rows(QueryContext context)
    {
        var whole = input.Whole(context);
        var table = new GroupTable([key.Type], context);
        var groups = new int[whole.RowCount];
        table.Add([key.Evaluate(whole, context)], groups);
        foreach (var rows in Enumerable.Range(0, whole.RowCount).GroupBy(row => groups[row]))
        {
            source.Set(whole.Select([.. rows]));
            yield return body.Whole(context);
        }
    }
}
