using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>mv-apply</c>: runs operators over the items of each row; a row for which they give nothing is dropped.</summary>
internal sealed class MvApply(PlanNode input, RowSchema schema, MvExpand expand, SettableSource source, SettableSource items, PlanNode body) : PlanNode(schema)
{
    public static PlanNode Bind(MvApplySyntax syntax, PlanNode input, Binder binder)
    {
        var source = new SettableSource(input.Schema);
        var limit = syntax.Limit is null ? long.MaxValue : Take.Number(syntax.Limit, binder);
        var expand = MvExpand.Bind(syntax.Parameters, syntax.Columns, limit, source, binder);
        var items = new SettableSource(expand.Schema);
        var body = binder.BindOperators(items, syntax.Body);
        // The columns of the outer row stay; those that the body gives under the same name go before them.
        var inOrder = input.Schema.Select(column => body.Schema.Find(column.Name) ?? column).ToList();
        return new MvApply(input, new RowSchema(inOrder.Concat(body.Schema.Where(column => !inOrder.Contains(column)))), expand, source, items, body);
    }

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context) => [Rows(context)];

    private IEnumerable<Batch> Rows(QueryContext context)
    {
        foreach (var batch in input.Open(context).SelectMany(part => part))
        {
            var results = new List<Batch>();
            for (var row = 0; row < batch.RowCount; row++)
            {
                context.Cancellation.ThrowIfCancellationRequested();
                source.Set(batch.Slice(row, 1));
                items.Set(expand.Whole(context));
                if (body.Whole(context) is { RowCount: > 0 } result) results.Add(Joined(batch, row, result));
            }

            foreach (var result in results) yield return result;
        }
    }

    private Batch Joined(Batch outer, int row, Batch result) => Batch.Lazy(
        Schema,
        result.RowCount,
        place => body.Schema.Contains(Schema[place]) ? result[Schema[place]] : outer[Schema[place]].Take(Enumerable.Repeat(row, result.RowCount).ToArray()));
}
