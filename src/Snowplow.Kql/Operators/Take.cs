using Snowplow.Kql.Binding;
using Snowplow.Kql.Data;
using Snowplow.Kql.Execution;
using Snowplow.Kql.Plan;
using Snowplow.Kql.Syntax;

namespace Snowplow.Kql.Operators;

/// <summary><c>take</c>: the first rows. What is behind them is not read.</summary>
internal sealed class Take(PlanNode input, long count) : PlanNode(input.Schema)
{
    public override bool IsSerialized => input.IsSerialized;

    public override long? EstimatedRows => Math.Min(count, input.EstimatedRows ?? count);

    public static PlanNode Bind(TakeSyntax syntax, PlanNode input, Binder binder)
    {
        var count = Number(syntax.Count, binder);
        return input is Sort sort ? Top.Of(sort, count) : new Take(input, count);
    }

    /// <summary>A number of rows.</summary>
    public static long Number(ExpressionSyntax syntax, Binder binder) =>
        binder.Constant(syntax, KqlType.Long) is long and >= 0 and var count ? count : throw BindFailure.Semantic("SEM0104", "Expected a number of rows, 0 or more", syntax.Span);

    public override PlanNode Prune(IReadOnlySet<ColumnSymbol> needed) => new Take(input.Prune(needed), count);

    public override IReadOnlyList<IEnumerable<Batch>> Open(QueryContext context) => [First(context)];

    private IEnumerable<Batch> First(QueryContext context)
    {
        var left = count;
        if (left == 0) yield break;
        foreach (var part in input.Open(context))
        {
            foreach (var batch in part)
            {
                if (batch.RowCount == 0) continue;
                yield return batch.RowCount <= left ? batch : batch.Slice(0, (int)left);
                left -= batch.RowCount;
                if (left <= 0) yield break;
            }
        }
    }
}
